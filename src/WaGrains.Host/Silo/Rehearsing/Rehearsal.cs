using WaGrains.Domain.Ids;
using WaGrains.Engine.Commits;
using WaGrains.Grains.Serialization;
using WaGrains.Storage.Postgres;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>
/// What a silo does before it joins the others: it plays an exchange to itself, makes and undoes its commits, and reads
/// owners as it soon will, so that connections are open and code is compiled before a number waits for either. Where
/// others serve meanwhile it goes on until the runtime has compiled anew what is called often: as it comes first, that
/// code takes several times as long.
/// </summary>
internal sealed partial class Rehearsal(
    Play play, PostgresStore store, OpenedStore opened, FirstReads reads, ILogger<Rehearsal> log)
    : IHostedLifecycleService
{
    /// <summary>A database that is busier than that has no time for rehearsals.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    /// <summary>With it numbers that come wait a third or less of what they waited after one round (D50).</summary>
    private static readonly TimeSpan GoesOnFor = TimeSpan.FromSeconds(5);

    /// <summary>The runtime begins to count calls when for 100 ms nothing was called for the first time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>Plays between two rests, of which one goes to the database: others need that one.</summary>
    private const int PlaysBetweenRests = 15;

    /// <summary>Owners of each kind that are read between two rests.</summary>
    private const int OwnersBetweenRests = 8;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = play.Clock.GetTimestamp();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var read = await Rehearse(ends.Token).WaitAsync(EndsWithin, play.Clock, cancellationToken);
            var took = play.Clock.GetElapsedTime(began);
            Rehearsed(read, took);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // It is no part of the service: whatever it met, the silo starts.
            await ends.CancelAsync();
            LeftOut(failure);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> Rehearse(CancellationToken cancel)
    {
        await Round(1, cancel);
        var found = await reads.Find(cancel);
        List<OwnerKey> owners = [.. found.SelectMany(kind => kind)];
        await reads.Read(owners, cancel);
        if (await store.OthersServe(opened.Fence.Silo, cancel))
        {
            await GoOn([.. found.SelectMany(kind => kind.Take(OwnersBetweenRests))], cancel);
        }

        return owners.Count;
    }

    private async Task GoOn(IReadOnlyList<OwnerKey> few, CancellationToken cancel)
    {
        var began = play.Clock.GetTimestamp();
        while (play.Clock.GetElapsedTime(began) < GoesOnFor)
        {
            await Round(PlaysBetweenRests, cancel);
            await reads.Read(few, cancel);
            await Task.Delay(Rest, play.Clock, cancel);
        }
    }

    private async Task Round(int plays, CancellationToken cancel)
    {
        IReadOnlyList<IReadOnlyList<TurnRows>> commits = [];
        for (var i = 0; i < plays; i++)
        {
            (var said, commits) = await play.Perform(cancel);
            DomainCodec.Rehearse(said);
        }

        await store.Rehearse(opened.Fence, commits, cancel);
    }

    [LoggerMessage(EventId = 1023, Level = LogLevel.Information,
        Message = "Rehearsed an exchange, and reading {Owners} owners, in {Took}")]
    private partial void Rehearsed(int owners, TimeSpan took);

    [LoggerMessage(EventId = 1024, Level = LogLevel.Warning,
        Message = "The rehearsal was left out; the first messages will wait for what it would have made ready")]
    private partial void LeftOut(Exception failure);
}
