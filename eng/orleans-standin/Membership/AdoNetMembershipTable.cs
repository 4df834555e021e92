using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Standin.Database;

namespace Orleans.Standin.Membership;

/// <summary>The membership table in PostgreSQL, as the official provider writes it.</summary>
internal sealed class AdoNetMembershipTable : IMembershipTable
{
    private const string VoteTimeFormat = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";
    private readonly OrleansDatabase _database;
    private readonly (string, object?) _cluster;

    public AdoNetMembershipTable(OrleansDatabase database, IOptions<ClusterOptions> cluster) =>
        (_database, _cluster) = (database, ("DeploymentId", cluster.Value.ClusterId));

    public Task InitializeAsync() => _database.ExecuteAsync("InsertMembershipVersionKey", _cluster);

    public async Task<MembershipSnapshot> ReadAsync()
    {
        var rows = await _database.ReadAsync("MembershipReadAllKey", Read, [_cluster]);
        return new MembershipSnapshot(
            rows.Count > 0 ? rows[0].Version : -1,
            rows.Select(row => row.Entry).OfType<MembershipEntry>());
    }

    public Task<bool> InsertAsync(MembershipEntry entry, int version) => WriteAsync("InsertMembershipKey",
    [
        .. Key(entry.SiloAddress), ("SiloName", entry.SiloName), ("HostName", entry.HostName), ("Status", (int)entry.Status),
        ("ProxyPort", entry.ProxyPort), ("StartTime", entry.StartTime), ("IAmAliveTime", entry.IAmAliveTime), ("Version", version),
    ]);

    public Task<bool> UpdateAsync(MembershipEntry entry, int version) => WriteAsync("UpdateMembershipKey",
    [
        .. Key(entry.SiloAddress), ("Status", (int)entry.Status), ("SuspectTimes", PrintVotes(entry)),
        ("IAmAliveTime", entry.IAmAliveTime), ("Version", version),
    ]);

    public Task HeartbeatAsync(SiloAddress silo, DateTime now) =>
        _database.ExecuteAsync("UpdateIAmAlivetimeKey", [.. Key(silo), ("IAmAliveTime", now)]);

    public Task CleanUpAsync(DateTime lastAliveBefore) =>
        _database.ExecuteAsync("CleanupDefunctSiloEntriesKey", _cluster, ("IAmAliveTime", lastAliveBefore));

    /// <summary>The gateways of active silos, for clients.</summary>
    public Task<List<IPEndPoint>> ReadGatewaysAsync() => _database.ReadAsync(
        "GatewaysQueryKey",
        row => new IPEndPoint(IPAddress.Parse(row.GetString(0)), row.GetInt32(1)),
        [_cluster, ("Status", (int)SiloStatus.Active)]);

    private async Task<bool> WriteAsync(string key, (string, object?)[] parameters) =>
        (await _database.ReadAsync(key, row => row.GetInt32(0), parameters)).Single() > 0;

    private IEnumerable<(string, object?)> Key(SiloAddress silo) =>
    [
        _cluster, ("Address", silo.Endpoint.Address.ToString()), ("Port", silo.Endpoint.Port), ("Generation", silo.Generation),
    ];

    private static (MembershipEntry? Entry, int Version) Read(DbDataReader row)
    {
        var version = row.GetInt32(row.GetOrdinal("Version"));
        if (row.IsDBNull(row.GetOrdinal("StartTime")))
            return (null, version);

        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(
                IPAddress.Parse(Get<string>("Address")), Get<int>("Port"), Get<int>("Generation")),
            SiloName = Get<string>("SiloName"),
            HostName = Get<string>("HostName"),
            Status = (SiloStatus)Get<int>("Status"),
            ProxyPort = row.IsDBNull(row.GetOrdinal("ProxyPort")) ? 0 : Get<int>("ProxyPort"),
            StartTime = Get<DateTime>("StartTime"),
            IAmAliveTime = Get<DateTime>("IAmAliveTime"),
            SuspectTimes = row.IsDBNull(row.GetOrdinal("SuspectTimes")) ? null : ParseVotes(Get<string>("SuspectTimes")),
        };
        return (entry, version);

        T Get<T>(string column) => row.GetFieldValue<T>(row.GetOrdinal(column));
    }

    private static string? PrintVotes(MembershipEntry entry) => entry.SuspectTimes is null ? null : string.Join('|', entry.SuspectTimes
        .Select(vote => $"{vote.Item1.ToParsableString()},{vote.Item2.ToString(VoteTimeFormat, CultureInfo.InvariantCulture)}"));

    private static List<Tuple<SiloAddress, DateTime>>? ParseVotes(string text) => text.Length == 0 ? null : [.. text.Split('|')
        .Select(vote => vote.Split(','))
        .Select(parts => Tuple.Create(
            SiloAddress.FromParsableString(parts[0]),
            DateTime.SpecifyKind(DateTime.ParseExact(parts[1], VoteTimeFormat, CultureInfo.InvariantCulture), DateTimeKind.Utc)))];
}
