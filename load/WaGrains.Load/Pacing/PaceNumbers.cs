using WaGrains.Load.Options;
namespace WaGrains.Load.Pacing;
internal static class PaceNumbers { public static Task<bool> Execute(LoadOptions options, CancellationToken stop) => Task.FromResult(true); }
internal static class CloudPace { public static Task<bool> Execute(LoadOptions options, CancellationToken stop) => Task.FromResult(true); }
