using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Concurrency;

namespace Orleans.Standin.Tests;

[Alias("test.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("touch")]
    Task Touch();

    [Alias("end")]
    Task End();

    [Alias("loop"), ResponseTimeout("00:00:00.4")]
    Task<int> CallSelf(int depth);
}

/// <summary>Writes down what happens to it.</summary>
public class LifeGrain : Grain, ILifeGrain, IDisposable
{
    private static readonly ConcurrentDictionary<string, Channel<string>> Journals = new();

    /// <summary>Activations of these grains fail as often as is said here.</summary>
    public static ConcurrentDictionary<string, int> Failures { get; } = new();

    public static Channel<string> JournalOf(string key) => Journals.GetOrAdd(key, _ => Channel.CreateUnbounded<string>());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Failures.AddOrUpdate(this.GetPrimaryKeyString(), -1, (_, left) => left - 1) >= 0)
            throw new InvalidDataException("not yet");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Write(reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task Touch() => Task.CompletedTask;

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> CallSelf(int depth) => depth == 0 ? 0 : 1 + await this.AsReference<ILifeGrain>().CallSelf(depth - 1);

    public void Dispose()
    {
        Write("disposed");
        GC.SuppressFinalize(this);
    }

    private void Write(string what) => JournalOf(this.GetPrimaryKeyString()).Writer.TryWrite(what);
}

[Alias("test.kept")]
public interface IKeptGrain : ILifeGrain;

[KeepAlive, Reentrant]
public sealed class KeptGrain : LifeGrain, IKeptGrain;
