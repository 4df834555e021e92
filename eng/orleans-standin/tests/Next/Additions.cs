namespace Orleans.Standin.TestSilo;

public sealed partial record Parcel
{
    [Id(100)]
    public string? AddedLater { get; init; } = "by the next build";
}

public sealed partial class CountState
{
    [Id(100)]
    public string? AddedLater { get; set; }
}

public partial interface ICounterGrain
{
    [Alias("noted")]
    Task Note(string text);
}

public sealed partial class CounterGrain
{
    public Task Note(string text)
    {
        _state.State.AddedLater = text;
        return _state.WriteStateAsync();
    }
}
