using ClickSink.Engine.Pipelines;
using ClickSink.Grains.Interfaces.Pipelines;

namespace ClickSink.Grains.Pipelines;

/// <summary>The same wish in a document and in a grain call: the engine knows no contracts of grains, and contracts do not know the engine.</summary>
public static class WantedStates
{
    /// <summary>As a grain call has it.</summary>
    public static WantedState ToWanted(this DesiredState state) => state switch
    {
        DesiredState.Started => WantedState.Started,
        DesiredState.Paused => WantedState.Paused,
        _ => WantedState.Stopped,
    };

    /// <summary>As a document has it.</summary>
    public static DesiredState ToDesired(this WantedState state) => state switch
    {
        WantedState.Started => DesiredState.Started,
        WantedState.Paused => DesiredState.Paused,
        _ => DesiredState.Stopped,
    };
}
