namespace ClickSink.Engine.Formats;

/// <summary>
/// Is told of fields that nobody maps. A field whose whole value a column takes is mapped with all that is in it, and so is an array of which a path takes
/// one element. Called on the worker's thread, once a field and row: implementations must be quick, and keep nothing of the value.
/// </summary>
public interface IUnknownFields
{
    /// <summary>A field that no column takes.</summary>
    /// <param name="path">Its path, as a mapping would write it; the same object for the same field, as long as the messages have no more than some hundred.</param>
    /// <param name="value">Its value, as it stands in the message.</param>
    /// <returns>False to reject the row.</returns>
    bool Accept(string path, ReadOnlySpan<byte> value);
}
