using System.Net;
using Orleans.Standin.Membership;

namespace Orleans.Standin.Messaging;

/// <summary>Where a client learns of gateways.</summary>
internal interface IGatewayList
{
    Task<List<IPEndPoint>> ReadAsync();
}

/// <summary>From the membership table.</summary>
internal sealed class AdoNetGatewayList : IGatewayList
{
    private readonly AdoNetMembershipTable _table;

    public AdoNetGatewayList(AdoNetMembershipTable table) => _table = table;

    public Task<List<IPEndPoint>> ReadAsync() => _table.ReadGatewaysAsync();
}

/// <summary>From the program's own configuration.</summary>
internal sealed class StaticGatewayList : IGatewayList
{
    private readonly List<IPEndPoint> _gateways;

    public StaticGatewayList(IEnumerable<IPEndPoint> gateways) => _gateways = [.. gateways];

    public Task<List<IPEndPoint>> ReadAsync() => Task.FromResult(_gateways);
}
