namespace ClickSink.Tests.Shared.Chaos;

/// <summary>What a run of faults did to the data.</summary>
/// <param name="Faults">How many faults there were.</param>
/// <param name="Produced">Messages in the topics.</param>
/// <param name="Stored">Rows in the tables.</param>
/// <param name="Missing">Messages without a row.</param>
/// <param name="Duplicate">Rows whose message has another one.</param>
public sealed record ChaosResult(int Faults, long Produced, long Stored, long Missing, long Duplicate)
{
    /// <inheritdoc/>
    public override string ToString() => $"chaos: {Faults} faults, {Produced} produced, {Stored} stored, {Missing} missing, {Duplicate} duplicate";
}
