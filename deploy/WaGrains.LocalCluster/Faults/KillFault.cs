using WaGrains.LocalCluster.Processes;
using WaGrains.LocalCluster.Silos;

namespace WaGrains.LocalCluster.Faults;

/// <summary>A silo dies without a word (kill -9) and stays away until the others have taken over.</summary>
internal sealed class KillFault : IFault
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "kill";

    public async Task<FaultOutcome> Strike(Rig rig, SiloSeat victim, CancellationToken cancel)
    {
        victim.HoldRestart();
        try
        {
            victim.Send(Signal.Kill);
            var served = await rig.Probe.UntilAllServe(Patience, cancel);
            return FaultOutcome.Of($"{victim.Name} killed", served, Bar);
        }
        finally
        {
            victim.LetRestart();
        }
    }
}
