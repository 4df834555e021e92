using Orleans.Concurrency;

namespace Orleans.Standin.TestSilo;

/// <summary>Counts, and keeps the count.</summary>
[Alias("test.counter")]
public partial interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> Add(int amount);

    [Alias("get"), ReadOnly]
    Task<int> Get();

    [Alias("where")]
    Task<string> Where();

    /// <summary>How often it was added to since it was activated.</summary>
    [Alias("adds"), ReadOnly]
    Task<int> AddsSinceActivation();

    [Alias("clear")]
    Task Clear();

    [Alias("deactivate")]
    Task Deactivate();

    [Alias("migrate")]
    Task Migrate();

    /// <summary>Writes behind the grain's back, so that its next write is refused.</summary>
    [Alias("steal")]
    Task WriteTwice();
}

/// <summary>One call of each kind.</summary>
[Alias("test.calls")]
public interface ICallsGrain : IBaseCalls
{
    [Alias("echo")]
    Task<Parcel> Echo(Parcel parcel);

    [Alias("mutate")]
    Task<int> CountAndClear(List<int> numbers);

    [Alias("shape")]
    ValueTask<string> Describe(Shape shape);

    [Alias("nothing")]
    ValueTask Nothing();

    [Alias("throw")]
    Task Throw(string kind);

    [Alias("slow")]
    Task<string> WaitUntilCancelled(int unused, CancellationToken cancellation);

    [Alias("hold")]
    Task Hold(string gate);

    [Alias("peek"), AlwaysInterleave]
    Task<int> Running();

    [Alias("read"), ReadOnly]
    Task HoldReading(string gate);

    [Alias("brief"), ResponseTimeout("00:00:00.3")]
    Task HoldBriefly(string gate);

    [Alias("forget"), OneWay]
    Task Forget(string gate);

    [Alias("self")]
    Task<ICallsGrain> Self();

    [Alias("undeclared")]
    Task Undeclared(NotSerializable value);

    [Alias("scheduler")]
    Task<bool> QueuesTurnsFromOutside();
}

/// <summary>Inherited calls.</summary>
[Alias("test.base")]
public interface IBaseCalls : IGrainWithStringKey
{
    [Alias("name")]
    Task<string> Name();
}

/// <summary>Timers and reminders.</summary>
[Alias("test.clock")]
public interface IClockGrain : IGrainWithStringKey
{
    [Alias("ticks")]
    Task<int> WaitForTicks(int count);

    [Alias("remind")]
    Task Remind(TimeSpan due, TimeSpan period);

    [Alias("forget")]
    Task<bool> ForgetReminder();

    [Alias("reminded"), AlwaysInterleave]
    Task<string> WaitForReminder();
}
