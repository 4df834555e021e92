using Orleans.Runtime;

namespace ClickSink.Grains.Events;

/// <summary>Tells whether a silo was declared dead by others, as opposed to one that runs or that stopped in order.</summary>
internal static class SiloDeaths
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<bool> WasDeclaredDeadAsync(IGrainFactory grains, string silo)
    {
        try
        {
            var hosts = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts().WaitAsync(Patience);
            return hosts.Any(host => host.SiloAddress.ToString() == silo && host.Status is SiloStatus.Dead && host.SuspectTimes is { Count: > 0 });
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // It is asked for the wording of an event only.
            return false;
        }
    }
}
