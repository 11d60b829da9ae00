using Orleans.Runtime;

namespace WaGrains.Grains;

/// <summary>Tells when this silo is a member and grains may be called.</summary>
public sealed class SiloActive(TimeProvider clock) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once, when the silo is active.</summary>
    public Task Reached => _reached.Task;

    /// <summary>The silo's clock.</summary>
    public TimeProvider Clock => clock;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SiloActive), ServiceLifecycleStage.Active, _ =>
        {
            _reached.TrySetResult();
            return Task.CompletedTask;
        });
}
