using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Standin.Reminders;

/// <summary>What grains do with their reminders: the table is the truth, the silo that serves the grain is told to look.</summary>
internal sealed class ReminderRegistry
{
    private readonly ReminderTable _table;
    private readonly ReminderService _service;
    private readonly ReminderOptions _options;
    private readonly TimeProvider _time;

    public ReminderRegistry(ReminderTable table, ReminderService service, IOptions<ReminderOptions> options, TimeProvider time) =>
        (_table, _service, _options, _time) = (table, service, options.Value, time);

    public async Task<IGrainReminder> RegisterAsync(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"The reminder \"{name}\" of {grain} has a period of {period}: the shortest is {_options.MinimumReminderPeriod}. Use a timer for less.",
                nameof(period));
        }

        var row = await _table.UpsertAsync(grain, name, _time.GetUtcNow().UtcDateTime + dueTime, period);
        _service.TellOwnerOf(grain);
        return row;
    }

    public async Task<IGrainReminder?> GetAsync(GrainId grain, string name) => await _table.FindAsync(grain, name);

    public async Task<List<IGrainReminder>> GetAllAsync(GrainId grain) => [.. await _table.ReadAsync(grain)];

    public async Task UnregisterAsync(GrainId grain, IGrainReminder reminder)
    {
        if (reminder is not ReminderRow row)
            throw new ArgumentException($"{reminder.GetType()} is no reminder of this runtime.", nameof(reminder));
        if (!await _table.DeleteAsync(row))
            throw new ReminderException($"The reminder \"{row.ReminderName}\" of {grain} was changed or ended since it was read: read it again.");
        _service.TellOwnerOf(grain);
    }
}
