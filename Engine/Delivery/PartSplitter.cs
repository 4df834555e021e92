using System.Buffers;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Transforms;

namespace ClickSink.Engine.Delivery;

/// <summary>Sorts the rows of a block by the tables that they go to, in their order. The same rows make the same parts, whenever it is done.</summary>
internal static class PartSplitter
{
    /// <summary>Splits rows into parts; the rows belong to the parts from then on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="routing">The routes; null if there are none.</param>
    /// <param name="pool">Where rows and parts come from and go back to.</param>
    /// <param name="token">The block's token.</param>
    /// <param name="giveBack">Gives the memory of all parts back.</param>
    public static IReadOnlyList<BlockPart> Split(StagedRows rows, RouteTable? routing, BlockPool pool, string token, out Action giveBack)
    {
        if (routing is null && rows.AreUniform)
        {
            giveBack = () => pool.Return(rows);
            return [BlockPart.Of(token, "", rows.Output)];
        }

        var parts = new List<BlockPart>();
        if (routing is null) parts.Add(BlockPart.Of(token, "", Copy(rows, pool, set => set != StagedRows.Dropped)));
        for (var route = 0; route < routing?.Names.Count; route++)
        {
            var number = route;
            var part = Copy(rows, pool, set => set != StagedRows.Dropped && routing.Has(set, number));
            if (part.Rows > 0) parts.Add(BlockPart.Of(token, routing.Names[route], part));
            else pool.ReturnPart(part);
        }

        pool.Return(rows);
        giveBack = () =>
        {
            foreach (var part in parts) pool.ReturnPart(part.Rows);
        };
        return parts;
    }

    private static ColumnBlock Copy(StagedRows rows, BlockPool pool, Func<int, bool> takes)
    {
        var part = pool.RentPart();
        var chosen = ArrayPool<int>.Shared.Rent(Math.Max(1, rows.Rows));
        var count = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            if (takes(rows.GetRoutes(row))) chosen[count++] = row;
        }

        part.AppendRows(rows.Output, chosen.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(chosen);
        return part;
    }
}
