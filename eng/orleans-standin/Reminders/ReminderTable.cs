using System.Data.Common;
using Orleans.Runtime;
using Orleans.Standin.Database;

namespace Orleans.Standin.Reminders;

/// <summary>A row of the reminder table.</summary>
internal sealed record ReminderRow(GrainId Grain, string ReminderName, DateTime StartTime, TimeSpan Period, int Version) : IGrainReminder;

/// <summary>Reminders in PostgreSQL, as the official provider writes them.</summary>
internal sealed class ReminderTable
{
    private readonly OrleansDatabase _database;
    private readonly (string, object?) _service;

    public ReminderTable(OrleansDatabase database, string serviceId) => (_database, _service) = (database, ("ServiceId", serviceId));

    public async Task<ReminderRow> UpsertAsync(GrainId grain, string name, DateTime start, TimeSpan period)
    {
        var versions = await _database.ReadAsync("UpsertReminderRowKey", row => row.GetInt32(0),
        [
            _service, ("GrainId", grain.ToString()), ("ReminderName", name), ("StartTime", start),
            ("Period", (long)period.TotalMilliseconds), ("GrainHash", (int)grain.GetUniformHashCode()),
        ]);
        return new ReminderRow(grain, name, start, period, versions.Single());
    }

    public async Task<ReminderRow?> FindAsync(GrainId grain, string name) =>
        (await _database.ReadAsync("ReadReminderRowKey", Read, [_service, ("GrainId", grain.ToString()), ("ReminderName", name)])).SingleOrDefault();

    public Task<List<ReminderRow>> ReadAsync(GrainId grain) =>
        _database.ReadAsync("ReadReminderRowsKey", Read, [_service, ("GrainId", grain.ToString())]);

    /// <summary>The reminders of the grains that stand on the ring after one hash, up to and with another.</summary>
    public Task<List<ReminderRow>> ReadAsync(uint after, uint upTo)
    {
        // The column is signed, so the end of the ring is where the signed numbers wrap.
        var (begin, end) = (unchecked((int)after), unchecked((int)upTo));
        return _database.ReadAsync(
            begin < end ? "ReadRangeRows1Key" : "ReadRangeRows2Key", Read, [_service, ("BeginHash", begin), ("EndHash", end)]);
    }

    /// <summary>Removes a reminder; false if it was changed since it was read.</summary>
    public async Task<bool> DeleteAsync(ReminderRow reminder) => (await _database.ReadAsync("DeleteReminderRowKey", row => row.GetInt32(0),
    [
        _service, ("GrainId", reminder.Grain.ToString()), ("ReminderName", reminder.ReminderName), ("Version", reminder.Version),
    ])).Single() > 0;

    private static ReminderRow Read(DbDataReader row) => new(
        GrainId.Parse(row.GetString(0)), row.GetString(1), row.GetDateTime(2), TimeSpan.FromMilliseconds(row.GetInt64(3)), row.GetInt32(4));
}
