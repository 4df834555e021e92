using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Standin.Reminders;

/// <summary>Calls a grain at each tick of one of its reminders. A tick that fails is not repeated; the next one comes all the same.</summary>
internal sealed partial class ReminderTicker : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private DateTime _due;

    public ReminderTicker(ReminderRow reminder, IServiceProvider services, TimeProvider time, ILogger logger)
    {
        (Reminder, _services, _time, _logger) = (reminder, services, time, logger);
        _timer = time.CreateTimer(_ => _ = TickAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ScheduleNext();
    }

    public ReminderRow Reminder { get; }

    public void Dispose() => _timer.Dispose();

    private async Task TickAsync()
    {
        ScheduleNext();
        try
        {
            var status = new TickStatus(Reminder.StartTime, Reminder.Period, _time.GetUtcNow().UtcDateTime);
            await _services.GetRequiredService<IGrainFactory>().GetGrain<IRemindable>(Reminder.Grain)
                .ReceiveReminder(Reminder.ReminderName, status);
        }
        catch (Exception exception)
        {
            LogTickFailed(_logger, exception, Reminder.ReminderName, Reminder.Grain.ToString());
        }
    }

    /// <summary>Ticks are due at the start and at whole periods after it, so a silo that takes over keeps their rhythm.</summary>
    private void ScheduleNext()
    {
        // From the tick that was due, not from now: a timer may fire a moment early, and would fire for the same tick again.
        var now = _time.GetUtcNow().UtcDateTime;
        var from = _due > now ? _due : now;
        _due = from < Reminder.StartTime
            ? Reminder.StartTime
            : Reminder.StartTime + Reminder.Period * (1 + (from - Reminder.StartTime).Ticks / Reminder.Period.Ticks);
        _timer.Change(_due - now, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tick of the reminder {Reminder} of {Grain} failed")]
    private static partial void LogTickFailed(ILogger logger, Exception exception, string reminder, string grain);
}
