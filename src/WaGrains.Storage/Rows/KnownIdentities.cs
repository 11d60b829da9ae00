using WaGrains.Domain.Contacts;

namespace WaGrains.Storage.Rows;

/// <summary>The one order in which identities are read: by kind, then by the value's characters.</summary>
internal static class KnownIdentities
{
    public static IReadOnlyList<KnownIdentity> Sorted(IEnumerable<KnownIdentity> known) =>
    [
        .. known
            .OrderBy(row => row.Identity.Kind)
            .ThenBy(row => row.Identity.Value, StringComparer.Ordinal),
    ];
}
