using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Storage.Rows;

namespace WaGrains.Storage.Postgres;

/// <summary>Which table holds which message, as the database had it when this was read.</summary>
/// <param name="Months">The months that have tables of their own, by class.</param>
/// <param name="Classes">The classes of each tenant, each with the month it holds from, in order.</param>
/// <param name="ReadAt">When it was read, a time stamp of the store's clock.</param>
internal sealed record ArchiveMap(
    IReadOnlyDictionary<(int Class, int Month), ArchivePart> Months,
    IReadOnlyDictionary<TenantId, IReadOnlyList<ClassSince>> Classes,
    long ReadAt)
{
    /// <summary>The whole archive, class by class: where the month has no table of its own.</summary>
    private static readonly ArchivePart[] Whole =
        [.. Enum.GetValues<Retention>().Select(each => new ArchivePart((int)each, "message"))];

    /// <summary>Where this message is, or goes.</summary>
    public ArchivePart Of(TenantId tenant, MessageId id)
    {
        var month = ArchiveMonth.Of(id).Index;
        var @class = ClassOf(tenant, month);
        return Months.GetValueOrDefault((@class, month)) ?? Whole[@class];
    }

    /// <summary>All classes that messages of this tenant may have.</summary>
    public IEnumerable<int> ClassesOf(TenantId tenant) => Classes.TryGetValue(tenant, out var since)
        ? since.Select(step => step.Class).Append((int)Retention.Year1).Distinct()
        : [(int)Retention.Year1];

    /// <summary>Whether the tenant's classes are known.</summary>
    public bool Knows(TenantId tenant) => Classes.ContainsKey(tenant);

    /// <summary>The same with the class that a tenant starts with in this very batch.</summary>
    public ArchiveMap With(TenantId tenant, Retention first) => Knows(tenant)
        ? this
        : this with
        {
            Classes = new Dictionary<TenantId, IReadOnlyList<ClassSince>>(Classes)
            {
                [tenant] = [new ClassSince(0, (int)first)],
            },
        };

    private int ClassOf(TenantId tenant, int month)
    {
        var @class = (int)Retention.Year1;
        if (Classes.TryGetValue(tenant, out var since))
        {
            foreach (var step in since)
            {
                @class = step.Month <= month ? step.Class : @class;
            }
        }

        return @class;
    }
}

/// <summary>A class and the first month it holds for.</summary>
internal readonly record struct ClassSince(int Month, int Class);
