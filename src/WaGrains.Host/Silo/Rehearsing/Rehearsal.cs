using WaGrains.Grains.Serialization;
using WaGrains.Storage.Postgres;

namespace WaGrains.Host.Silo.Rehearsing;

/// <summary>
/// What a silo does before it joins the others: it plays an exchange to itself, makes and undoes its commits, and reads
/// owners as it soon will, so that connections are open and code is compiled before a number waits for either.
/// </summary>
internal sealed partial class Rehearsal(
    Play play, PostgresStore store, OpenedStore opened, FirstReads reads, ILogger<Rehearsal> log)
    : IHostedLifecycleService
{
    /// <summary>A database that is busier than that has no time for rehearsals.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

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
        var (said, commits) = await play.Perform(cancel);
        DomainCodec.Rehearse(said);
        await store.Rehearse(opened.Fence, commits, cancel);
        return await reads.Read(cancel);
    }

    [LoggerMessage(EventId = 1023, Level = LogLevel.Information,
        Message = "Rehearsed an exchange, and reading {Owners} owners, in {Took}")]
    private partial void Rehearsed(int owners, TimeSpan took);

    [LoggerMessage(EventId = 1024, Level = LogLevel.Warning,
        Message = "The rehearsal was left out; the first messages will wait for what it would have made ready")]
    private partial void LeftOut(Exception failure);
}
