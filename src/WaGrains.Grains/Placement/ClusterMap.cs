using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using WaGrains.Domain.Ids;

namespace WaGrains.Grains.Placement;

/// <summary>How this silo shows itself to the others.</summary>
/// <param name="Pool">The pool it serves.</param>
public sealed record SiloLabel(string Pool)
{
    /// <summary>Under what the pool stands in a silo's metadata.</summary>
    public const string Key = "pool";
}

/// <summary>
/// This silo's picture of the cluster: who may be given grains, and which tenants have a pool of their own. Kept fresh
/// by <see cref="Moving.Homing"/>, and by each placement that sees a newer membership. Safe from any thread.
/// </summary>
public sealed class ClusterMap(
    IClusterMembershipService membership, ISiloMetadataCache labels, ILocalSiloDetails local, SiloLabel label,
    TimeProvider clock)
{
    /// <summary>So long after the cluster has changed somebody may still live where he lived before: going home takes
    /// seconds, and a call that hangs may hold its owner for ten.</summary>
    private static readonly TimeSpan MovesWithin = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private ImmutableHashSet<SiloAddress> _leaving = [];
    private ImmutableHashSet<SiloAddress> _empty = [];
    private FrozenDictionary<TenantId, string> _pools = FrozenDictionary<TenantId, string>.Empty;
    private volatile Places _current = Places.None;
    private ImmutableList<(Places Places, long Ended)> _past = [];
    private TaskCompletionSource _changed = NewSignal();
    private MembershipVersion _version = MembershipVersion.MinValue;
    private volatile bool _unlabelled = true;

    /// <summary>This silo.</summary>
    public SiloAddress Me => local.SiloAddress;

    /// <summary>The pool this silo serves.</summary>
    public string MyPool => label.Pool;

    /// <summary>The newest picture.</summary>
    public Places Current => _current;

    /// <summary>Whether this silo has said that it leaves.</summary>
    public bool IsLeaving => _leaving.Contains(Me);

    /// <summary>The pictures before it by which somebody may still live, newest first; none when the cluster has been
    /// the same for long.</summary>
    public IReadOnlyList<Places> Past
    {
        get
        {
            var past = Volatile.Read(ref _past);
            return past.IsEmpty || !IsYoung(past[0]) ? [] : [.. past.Where(IsYoung).Select(picture => picture.Places)];
        }
    }

    /// <summary>Completes when the picture is another than <see cref="Current"/> is now.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Whether an owner lives here by this picture.</summary>
    public bool IsHere(Places places, OwnerKey owner) => Me.Equals(places.Of(owner));

    /// <summary>Whether somebody may still live on a silo: it is not known to be dead, and has not said that all have
    /// gone.</summary>
    public bool MayKeep(SiloAddress silo) =>
        membership.CurrentSnapshot.GetSiloStatus(silo) is SiloStatus.Active or SiloStatus.ShuttingDown
        && !_empty.Contains(silo);

    /// <summary>Waits until this silo knows at least as much of the membership as another.</summary>
    public async ValueTask CatchUp(MembershipVersion version)
    {
        if (membership.CurrentSnapshot.Version < version)
        {
            await membership.Refresh(version);
        }
    }

    /// <summary>The newest membership this silo knows.</summary>
    public MembershipVersion Version => membership.CurrentSnapshot.Version;

    /// <summary>The picture, drawn again if the membership is newer than it.</summary>
    public Places Fresh()
    {
        if (_unlabelled || membership.CurrentSnapshot.Version != _version)
        {
            Refresh();
        }

        return _current;
    }

    /// <summary>Draws the picture again.</summary>
    public void Refresh()
    {
        TaskCompletionSource? changed = null;
        lock (_gate)
        {
            var next = Draw();
            if (!next.IsSameAs(_current))
            {
                // To one that has only just come, the others have had everything until now.
                var before = ReferenceEquals(_current, Places.None) ? Without(next, Me) : _current;
                _past = [(before, clock.GetTimestamp()), .. _past.Where(IsYoung)];
                _current = next;
                changed = _changed;
                _changed = NewSignal();
            }
        }

        changed?.SetResult();
    }

    /// <summary>A silo will leave: nothing more is placed on it.</summary>
    public void Leaves(SiloAddress silo)
    {
        lock (_gate)
        {
            _leaving = _leaving.Add(silo);
        }

        Refresh();
    }

    /// <summary>A silo that leaves keeps nothing any more: it need not be asked.</summary>
    public void Empties(SiloAddress silo)
    {
        lock (_gate)
        {
            _empty = _empty.Add(silo);
        }
    }

    /// <summary>Takes over which tenants have a pool of their own.</summary>
    public void Put(IReadOnlyDictionary<TenantId, string> pools)
    {
        lock (_gate)
        {
            _pools = pools.ToFrozenDictionary();
        }

        Refresh();
    }

    private static Places Without(Places places, SiloAddress silo) =>
        places.Among([.. places.Silos.Select(one => one.Address).Where(one => !one.Equals(silo))]);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsYoung((Places Places, long Ended) picture) => clock.GetElapsedTime(picture.Ended) < MovesWithin;

    private Places Draw()
    {
        var snapshot = membership.CurrentSnapshot;
        _version = snapshot.Version;
        var live = snapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active && !_leaving.Contains(member.SiloAddress))
            .Select(member => (Member: member, Pool: PoolOf(member.SiloAddress)))
            .ToList();
        _unlabelled = live.Exists(silo => silo.Pool is null);
        _leaving = _leaving.RemoveWhere(silo => snapshot.GetSiloStatus(silo) == SiloStatus.Dead && !silo.Equals(Me));
        _empty = _empty.RemoveWhere(silo => snapshot.GetSiloStatus(silo) == SiloStatus.Dead);

        // One whose label is not known yet has only just come: it gets its share a moment later. To one that has itself
        // only just come all are new; it must not think that it is alone.
        var isFirst = ReferenceEquals(_current, Places.None);
        return new Places(
            live.Where(silo => isFirst || silo.Pool is not null)
                .Select(silo => new LiveSilo(
                    silo.Member.SiloAddress, silo.Member.Name, silo.Pool ?? Places.SharedPool)),
            _pools);
    }

    private string? PoolOf(SiloAddress silo) => silo.Equals(Me) ? label.Pool
        : labels.GetSiloMetadata(silo)?.Metadata.TryGetValue(SiloLabel.Key, out var pool) == true ? pool
        : null;
}

file static class Sets
{
    public static ImmutableHashSet<SiloAddress> RemoveWhere(
        this ImmutableHashSet<SiloAddress> set, Func<SiloAddress, bool> gone) => set.Except(set.Where(gone));
}
