using WaGrains.Domain.Conversations;
using WaGrains.Domain.Errors;
using WaGrains.Domain.Ids;
using WaGrains.Domain.Tenants;
using WaGrains.Domain.Turns;

namespace WaGrains.Domain.Stops;

/// <summary>A tenant's stops: what raises them, and what ends them. Kept in the tenant's row, for every silo knows that
/// within two seconds, and all numbers of an account must obey.</summary>
internal static class Stopping
{
    /// <summary>Stops kept at most. Full: the oldest goes, and its next message learns it from Meta again.</summary>
    private const int KeptMax = 500;

    /// <summary>What has ended is remembered for as long as Meta repeats webhooks: what was said before the end and
    /// comes after it says nothing new.</summary>
    private static readonly TimeSpan EndedKeptFor = TimeSpan.FromDays(7);

    public static Turn<TenantState> Raise(TenantState state, RaiseStop raise, DateTimeOffset now)
    {
        var (stop, alert) = raise;
        if (Known(state, stop.Id) is { } known && !IsNews(known, stop, now))
        {
            return Turn.Accept(state);
        }

        var turn = Write(state, [.. Others(state, stop.Id, now), stop]);
        turn.Change(new AlertRaised(
            state.Id, AlertId(state, stop, now), now, Kind(stop), stop.Id, $"{alert.Text} Reason: {stop.Reason}.")
        {
            Severity = alert.Severity,
        });
        return turn.Emit(Seen.Of(state.Id, Kind(stop), stop.Id, stop.Reason));
    }

    public static Turn<TenantState> End(TenantState state, EndStop end, DateTimeOffset now)
    {
        var named = new SendStop(end.Scope, end.Account, 0, "", now, null)
        {
            Template = end.Template, Language = end.Language,
        };
        return Known(state, named.Id) is { } known && known.HoldsAt(now)
            && (end.Reason is null || end.Reason == known.Reason)
            ? Lifted(state, known, now)
            : Turn.Accept(state);
    }

    public static Turn<TenantState> Lift(TenantState state, LiftStop lift, DateTimeOffset now) =>
        (Known(state, lift.Id) is { } known && known.HoldsAt(now)
            ? Lifted(state, known, now)
            : Turn.Refuse(state, Refusals.NotFound))
        .Keep(state.Id, lift.Idempotency, now);

    private static Turn<TenantState> Lifted(TenantState state, SendStop stop, DateTimeOffset now) =>
        Write(state, [.. Others(state, stop.Id, now), stop with { LiftedAt = now }])
            .Emit(Seen.Of(state.Id, "stop_lifted", stop.Id, stop.Reason));

    /// <summary>What was said before a stop was lifted is old; what is stopped is not stopped for less.</summary>
    private static bool IsNews(SendStop known, SendStop stop, DateTimeOffset now) =>
        !(known.LiftedAt >= stop.Since)
        && (!known.HoldsAt(now)
            || (stop.Fate == MessageFate.Fails && known.Fate != MessageFate.Fails)
            || (stop.Reason != known.Reason && known.Until is { } until && !(stop.Until <= until)));

    private static SendStop? Known(TenantState state, string id) =>
        state.Stops?.FirstOrDefault(stop => stop.Id == id);

    private static IEnumerable<SendStop> Others(TenantState state, string id, DateTimeOffset now) =>
        (state.Stops ?? [])
            .Where(stop => stop.Id != id && !((stop.LiftedAt ?? stop.Until) + EndedKeptFor <= now))
            .TakeLast(KeptMax - 1);

    private static Turn<TenantState> Write(TenantState state, IReadOnlyList<SendStop> stops) =>
        Tenant.Write(state with
        {
            Stops = stops.Count > 0 ? stops : null,
            ConfiguredAt = state.ConfiguredAt > 0 ? state.ConfiguredAt : state.Version,
        });

    private static string Kind(SendStop stop) =>
        stop.Scope == StopScope.Template ? "template_stopped" : "account_stopped";

    private static MessageId AlertId(TenantState state, SendStop stop, DateTimeOffset now) =>
        MessageId.Inbound(state.Id, $"{stop.Id}\n{state.Version}", now);
}
