using System.Data.Common;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Standin.Database;
using Orleans.Storage;

namespace Orleans.Standin.Storage;

/// <summary>State in PostgreSQL, in the rows and by the statements of the official provider.</summary>
internal sealed class AdoNetStateStore : IStateStore
{
    private readonly OrleansDatabase _database;
    private readonly string _serviceId;
    private readonly string _clearKey;

    public AdoNetStateStore(OrleansDatabase database, string serviceId, bool deleteOnClear) =>
        (_database, _serviceId, _clearKey) = (database, serviceId, deleteOnClear ? "DeleteStorageKey" : "ClearStorageKey");

    public async Task<StoredState> ReadAsync(string stateName, GrainId grain)
    {
        var rows = await _database.ReadAsync("ReadFromStorageKey", Read, KeyOf(stateName, grain));
        return rows.SingleOrDefault() ?? new StoredState(null, null);
    }

    public async Task<string> WriteAsync(string stateName, GrainId grain, byte[] payload, string? etag) =>
        await ChangeAsync("WriteToStorageKey", stateName, grain, etag, ("PayloadBinary", payload))
            ?? throw Lost(stateName, grain, etag);

    public async Task<string?> ClearAsync(string stateName, GrainId grain, string etag)
    {
        var version = await ChangeAsync(_clearKey, stateName, grain, etag) ?? throw Lost(stateName, grain, etag);
        return _clearKey == "DeleteStorageKey" ? null : version;
    }

    /// <summary>Answers the new version; null where storage has another one than expected.</summary>
    private async Task<string?> ChangeAsync(
        string query, string stateName, GrainId grain, string? etag, params (string, object?)[] more)
    {
        object? expected = etag is null ? null : int.Parse(etag, CultureInfo.InvariantCulture);
        var rows = await _database.ReadAsync(
            query,
            row => row.IsDBNull(0) ? null : row.GetInt32(0).ToString(CultureInfo.InvariantCulture),
            [.. KeyOf(stateName, grain), ("GrainStateVersion", expected), .. more]);
        var version = rows.SingleOrDefault();
        return version == etag ? null : version;
    }

    private IEnumerable<(string, object?)> KeyOf(string stateName, GrainId grain)
    {
        var key = StorageKey.Of(grain);
        return
        [
            ("GrainIdHash", key.Hash), ("GrainIdN0", key.N0), ("GrainIdN1", key.N1),
            ("GrainTypeHash", StorageKey.HashOfName(stateName)), ("GrainTypeString", stateName),
            ("GrainIdExtensionString", key.Extension), ("ServiceId", _serviceId),
        ];
    }

    private static StoredState Read(DbDataReader row)
    {
        var payload = row.GetOrdinal("PayloadBinary");
        var version = row.GetOrdinal("Version");
        return new StoredState(
            row.IsDBNull(payload) ? null : row.GetFieldValue<byte[]>(payload),
            row.IsDBNull(version) ? null : row.GetInt32(version).ToString(CultureInfo.InvariantCulture));
    }

    private static InconsistentStateException Lost(string stateName, GrainId grain, string? etag) =>
        new($"Version conflict: the state \"{stateName}\" of {grain} was written elsewhere since it was read at version {etag ?? "none"}.", null, etag);
}
