namespace WaGrains.Domain.Contacts; internal static class NationalVariants { }
