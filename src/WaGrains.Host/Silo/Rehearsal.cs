using WaGrains.Domain.Ids;
using WaGrains.Engine;
using WaGrains.Engine.Commits;
using WaGrains.Engine.Owners;
using WaGrains.Engine.Reading;
using WaGrains.Grains.Serialization;

namespace WaGrains.Host.Silo;

/// <summary>
/// What a silo does before it joins the others: it reads owners as it soon will, writing nothing and keeping nothing,
/// so that connections are open and code is compiled before a number waits for either.
/// </summary>
internal sealed partial class Rehearsal(IReads reads, OwnerLoader loader, TimeProvider clock, ILogger<Rehearsal> log)
    : IHostedLifecycleService
{
    /// <summary>Owners of each kind: as many as open every connection, several times over.</summary>
    private const int OwnersOfAKind = 64;

    /// <summary>A database that is busier than that has no time for rehearsals.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        try
        {
            DomainCodec.Rehearse();
            var read = await Read(cancellationToken).WaitAsync(EndsWithin, clock, cancellationToken);
            var took = clock.GetElapsedTime(began);
            Rehearsed(read, took);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or TimeoutException)
        {
            LeftOut(failure.GetType().Name);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> Read(CancellationToken cancel)
    {
        var pending = await reads.Pending(clock.GetUtcNow(), Limits.RecoveryOwnersMax, cancel);
        var owners = pending.Select(one => one.Owner)
            .Where(owner => owner.Kind != OwnerKind.Contacts)
            .GroupBy(owner => owner.Kind)
            .SelectMany(kind => kind.Take(OwnersOfAKind))
            .ToList();
        await Task.WhenAll(owners.Select(owner => loader.Load(owner, cancel).AsTask()));
        return owners.Count;
    }

    [LoggerMessage(EventId = 1023, Level = LogLevel.Information,
        Message = "Rehearsed reading {Owners} owners in {Took}")]
    private partial void Rehearsed(int owners, TimeSpan took);

    [LoggerMessage(EventId = 1024, Level = LogLevel.Warning,
        Message = "The store had no time for a rehearsal ({Failure}); the first messages will wait for it instead")]
    private partial void LeftOut(string failure);
}
