using Orleans.Runtime;

namespace Orleans.Standin.Tests.Cluster;

/// <summary>Calls that are repeated as callers have to while silos come and go, and only for the errors that they have to expect.</summary>
public static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Repeats a call until it succeeds with an answer that is wanted.</summary>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call, Func<T, bool>? wanted = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(Longest);
        Exception? last = null;
        while (true)
        {
            try
            {
                var answer = await call();
                if (wanted is null || wanted(answer))
                    return answer;
                last = new InvalidOperationException($"The last answer was {answer}.");
            }
            catch (Exception exception) when (exception is OrleansMessageRejectionException or TimeoutException)
            {
                last = exception;
            }

            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Nothing came of it within {Longest}.", last);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
