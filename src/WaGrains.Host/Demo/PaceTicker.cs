using System.Globalization;
using WaGrains.Domain.Bulk;
using WaGrains.Domain.Ids;
using WaGrains.Domain.PhoneNumbers;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Host.Sends;

namespace WaGrains.Host.Demo;

/// <summary>
/// Tells in the terminal how fast the demo's numbers send, what waits, and how far running bulk sends are: every few
/// seconds, and only what has changed.
/// </summary>
internal sealed class PaceTicker(
    TerminalView view, IOwners owners, IStore store, DrainReader drains, TimeProvider clock)
{
    private const int SendsMax = 3;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _told = [];

    /// <summary>Works until told to stop.</summary>
    public async Task Work(CancellationToken stopping)
    {
        using var rounds = new PeriodicTimer(Every, clock);
        while (await rounds.WaitForNextTickAsync(stopping))
        {
            try
            {
                await Tell(stopping);
            }
            catch (Exception failure) when (failure is OwnerUnavailableException or StoreUnavailableException)
            {
                // The silo is starting or stopping; the next round tries again.
            }
        }
    }

    private async Task Tell(CancellationToken stopping)
    {
        foreach (var number in await store.Reads.Numbers(DemoTenant.Id, stopping))
        {
            var reply = await owners.Ask(OwnerKey.Of(DemoTenant.Id, number.Id), new ReadPace(), stopping);
            if (reply is PaceReport pace)
            {
                Tell(number.Id.ToString(), Line(pace));
            }
        }

        foreach (var send in (await store.Reads.BulkSends(DemoTenant.Id, null, SendsMax, stopping)).Reverse())
        {
            if (send.IsOpen || _told.ContainsKey(send.Id.ToString()))
            {
                Tell(send.Id.ToString(), Line(await drains.Of(send, stopping)));
            }
        }
    }

    private void Tell(string subject, string line)
    {
        if (_told.GetValueOrDefault(subject) != line)
        {
            _told[subject] = line;
            view.Tell($"{subject}  {line}");
        }
    }

    private static string Line(PaceReport pace)
    {
        var lanes = string.Join(", ", pace.Queued.Select(lane => $"{lane.Value} {ApiJson.Word(lane.Key)}"));
        var rate = pace.PerMinute.ToString("0.#", CultureInfo.InvariantCulture);
        var waits = lanes.Length == 0 ? "nothing waits"
            : pace.EmptyAt is { } empty ? $"{lanes} wait, empty at {Clock(empty)}"
            : $"{lanes} wait";
        return $"{rate}/min ({ApiJson.Word(pace.Terms[0].Reason).Replace('_', ' ')}), {waits}";
    }

    private static string Line(Drain drain)
    {
        var now = drain.Points[^1];
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{now.Sent:N0} of {drain.Send.Total:N0} sent, {now.Delivered:N0} delivered, {now.Read:N0} read");
        var failed = now.Failed == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {now.Failed:N0} failed");
        var end = drain.Send.Phase != BulkPhase.Running ? $", {ApiJson.Word(drain.Send.Phase)}"
            : drain.FinishAt is { } finish ? $", done about {Clock(finish)}"
            : "";
        return counts + failed + end;
    }

    private static string Clock(DateTimeOffset at) =>
        at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
