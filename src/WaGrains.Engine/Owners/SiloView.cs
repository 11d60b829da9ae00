using System.Collections.Concurrent;
using WaGrains.Domain.Conversations;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Domain.Stops;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Engine.Owners;

/// <summary>
/// What every decision on a silo may look at without asking anybody: compiled tenant rules, the depth of each number's
/// queue, how webhooks are flowing. Published by owners after their commits; safe to read from any thread.
/// </summary>
public sealed class SiloView
{
    private const int DepthMaxDefault = 10_000;

    private readonly ConcurrentDictionary<TenantId, Ruled> _rules = new();
    private readonly ConcurrentDictionary<OwnerKey, DepthChanged> _depths = new();
    private readonly ConcurrentDictionary<OwnerKey, int> _claimed = new();
    private readonly ConcurrentDictionary<OwnerKey, IntakeFlow> _flows = new();

    /// <summary>Where a recipient's clock is, by its phone number; where that does not tell, the tenant's zone
    /// holds.</summary>
    public RecipientZone Zone { get; init; } = static _ => null;

    /// <summary>Messages waiting or under way in all numbers this silo has heard of.</summary>
    public long DepthTotal => _depths.Values.Sum(depth => (long)depth.Depth);

    /// <summary>When the oldest message in any queue was queued; null where all are empty.</summary>
    public DateTimeOffset? OldestQueued => _depths.Values.Min(depth => depth.Oldest);

    /// <summary>The depth of every number this silo has heard of.</summary>
    public IReadOnlyCollection<DepthChanged> Depths => [.. _depths.Values];

    /// <summary>The numbers here of which something should have left by now, and has not.</summary>
    public IReadOnlyList<DepthChanged> Stuck(DateTimeOffset now) =>
        [.. _depths.Values.Where(depth => depth.StuckAt <= now)];

    /// <summary>The tenant's rules, or null where they have not been read yet.</summary>
    public TenantRules? Rules(TenantId tenant) => _rules.GetValueOrDefault(tenant)?.Rules;

    /// <summary>Takes over a tenant's configuration; an older version than the one known is ignored.</summary>
    public void Put(TenantState state)
    {
        var compiled = new TenantRules(state.Configuration, state.Version) { Stops = new StopBook(state.Stops) };
        var ruled = new Ruled(compiled, recipient => Zone(recipient) ?? compiled.Zone);
        _rules.AddOrUpdate(state.Id, ruled, (_, known) => known.Rules.Version >= compiled.Version ? known : ruled);
    }

    /// <summary>Takes over a number's depth.</summary>
    public void Put(DepthChanged depth)
    {
        _depths.AddOrUpdate(
            depth.Number,
            static (_, depth) => depth,
            static (_, known, depth) =>
                depth.Version >= known.Version ? depth : depth with { Version = known.Version },
            depth);
        _claimed[depth.Number] = depth.Depth;
    }

    /// <summary>Whether this version of a number's record was written here, and not by a life of it on another
    /// silo.</summary>
    public bool Wrote(OwnerKey number, long version) => _depths.GetValueOrDefault(number)?.Version >= version;

    /// <summary>
    /// The owner has gone to live on another silo: what its memory here knew is no claim any more, or its rows would
    /// never be missed should it come back.
    /// </summary>
    public void Left(OwnerKey owner)
    {
        _depths.TryRemove(owner, out _);
        _claimed.TryRemove(owner, out _);
        _flows.TryRemove(owner, out _);
    }

    /// <summary>How many pending rows an owner's memory on this silo knows of.</summary>
    public int Claimed(OwnerKey owner) => _claimed.GetValueOrDefault(owner);

    /// <summary>Takes over how many pending rows an owner's memory knows of.</summary>
    public void Put(RowsClaimed claimed) => _claimed[claimed.Owner] = claimed.Rows;

    /// <summary>Counts a webhook of a number.</summary>
    /// <param name="number">Whose.</param>
    /// <param name="messages">How many messages it brought.</param>
    /// <param name="now">When.</param>
    public void Flowed(OwnerKey number, int messages, DateTimeOffset now) =>
        _flows.AddOrUpdate(
            number,
            static (_, webhook) => IntakeFlow.Begin(webhook.Messages, webhook.At),
            static (_, flow, webhook) => flow.With(webhook.Messages, webhook.At),
            (Messages: messages, At: now));

    /// <summary>What a conversation's decision may look at.</summary>
    public Surroundings Around(TenantId tenant, ConversationId conversation, DateTimeOffset now)
    {
        var depth = _depths.GetValueOrDefault(OwnerKey.Of(tenant, conversation.Number));
        return new Surroundings(
            Rules(tenant) ?? throw new InvalidOperationException($"the rules of {tenant} were not read"),
            depth?.Depth ?? 0,
            depth?.Max ?? DepthMaxDefault,
            now);
    }

    /// <summary>What a number's decision may look at.</summary>
    public NumberSurroundings Around(TenantId tenant, PhoneNumberId number, DateTimeOffset now)
    {
        var flow = _flows.GetValueOrDefault(OwnerKey.Of(tenant, number));
        var ruled = _rules.GetValueOrDefault(tenant);
        var rules = ruled?.Rules;
        return new NumberSurroundings(
            flow?.PerMinute(now) ?? 0,
            flow?.Healthy ?? TimeSpan.Zero,
            rules?.Configuration.ResendUnknown ?? false,
            now)
        {
            Rules = rules?.Pacing ?? PacingRules.Default,
            Stops = rules?.Stops ?? StopBook.None,
            Zone = ruled?.Zone ?? Zone,
        };
    }

    /// <summary>A tenant's rules, and where its recipients' clocks are.</summary>
    private sealed record Ruled(TenantRules Rules, RecipientZone Zone);
}
