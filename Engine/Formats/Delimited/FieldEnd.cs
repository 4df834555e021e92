namespace ClickSink.Engine.Formats.Delimited;

/// <summary>What stands behind a field.</summary>
internal enum FieldEnd
{
    /// <summary>Another field of the record.</summary>
    Delimiter,

    /// <summary>The end of the record.</summary>
    Record,

    /// <summary>The field is broken.</summary>
    Broken,
}
