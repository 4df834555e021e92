namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>
/// Where the values of fields stand in a message. The wire has them in any order, those of a repeated field perhaps with others in between, and JSON wants each field once:
/// so a message is gone through once, and its pieces are chained by field. All messages inside of each other share one list, which grows and shrinks like a stack.
/// </summary>
internal sealed class ProtoPieces
{
    private const int None = -1;

    private readonly List<Piece> _pieces = [];
    private readonly List<int> _heads = [];

    /// <summary>Begins a message with so many fields.</summary>
    public Frame Begin(int fields)
    {
        var frame = new Frame(_pieces.Count, _heads.Count, fields);
        for (int i = 0; i < fields * 2; i++) _heads.Add(None);
        return frame;
    }

    /// <summary>Forgets a message.</summary>
    public void End(in Frame frame)
    {
        _pieces.RemoveRange(frame.FirstPiece, _pieces.Count - frame.FirstPiece);
        _heads.RemoveRange(frame.FirstHead, _heads.Count - frame.FirstHead);
    }

    /// <summary>Adds a value of a field behind those that it has.</summary>
    public void Add(in Frame frame, int field, int start, int length, int wireType)
    {
        int last = _heads[frame.FirstHead + frame.Fields + field];
        int added = _pieces.Count;
        _pieces.Add(new Piece(start, length, wireType, None));
        if (last == None) _heads[frame.FirstHead + field] = added;
        else _pieces[last] = _pieces[last] with { Next = added };
        _heads[frame.FirstHead + frame.Fields + field] = added;
    }

    /// <summary>The first value of a field; -1 if it has none.</summary>
    public int First(in Frame frame, int field) => _heads[frame.FirstHead + field];

    /// <summary>The last value of a field, which is the one that counts where there can be only one.</summary>
    public int Last(in Frame frame, int field) => _heads[frame.FirstHead + frame.Fields + field];

    public Piece this[int piece] => _pieces[piece];

    /// <summary>A value.</summary>
    /// <param name="Start">Where it stands in the whole message.</param>
    /// <param name="Length">Its bytes.</param>
    /// <param name="WireType">How it is written.</param>
    /// <param name="Next">The next value of the same field; -1 if it is the last.</param>
    public readonly record struct Piece(int Start, int Length, int WireType, int Next);

    /// <summary>The part of the list that is one message's.</summary>
    public readonly record struct Frame(int FirstPiece, int FirstHead, int Fields);
}
