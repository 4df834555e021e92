using Orleans.Runtime;

namespace Orleans.Standin.TestSilo;

public sealed class ClockGrain : Grain, IClockGrain, IRemindable
{
    private readonly TaskCompletionSource<string> _reminded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<int> WaitForTicks(int count)
    {
        var ticks = 0;
        var done = new TaskCompletionSource<int>();
        using var timer = this.RegisterGrainTimer(
            _ =>
            {
                if (++ticks == count)
                    done.SetResult(ticks);
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TimeSpan.FromMilliseconds(1), Interleave = true });
        return await done.Task;
    }

    public Task Remind(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("wake", due, period);

    public async Task<bool> ForgetReminder()
    {
        if (await this.GetReminder("wake") is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return await this.GetReminder("wake") is null;
    }

    public Task<string> WaitForReminder() => _reminded.Task;

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded.TrySetResult($"{reminderName} every {status.Period}");
        return Task.CompletedTask;
    }
}
