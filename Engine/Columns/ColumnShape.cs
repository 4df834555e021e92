namespace ClickSink.Engine.Columns;

/// <summary>How the values of a column are made.</summary>
internal enum ColumnShape : byte
{
    /// <summary>One value, which the column itself takes.</summary>
    Single,

    /// <summary>Any number of values of one column: <see cref="ArrayColumn"/>.</summary>
    List,

    /// <summary>Any number of keys with values: <see cref="MapColumn"/>.</summary>
    Map,

    /// <summary>One value of each of several columns: <see cref="TupleColumn"/>.</summary>
    Record,
}
