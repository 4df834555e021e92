namespace ClickSink.Engine.Formats.Protobuf;

/// <summary>A message type.</summary>
internal sealed class ProtoMessage
{
    private const int MaxIndexed = 256;

    private readonly Dictionary<int, int> _positions = [];
    private int[] _first = [];

    public ProtoMessage(string name) => Name = name;

    /// <summary>The full name, with its package.</summary>
    public string Name { get; }

    /// <summary>What it stands for, known once <see cref="Index"/> was called: a message of that name that is declared in another way is an object like any other.</summary>
    public ProtoWellKnown WellKnown { get; private set; }

    /// <summary>Whether it is the entry of a map: a key and a value.</summary>
    public bool IsMapEntry { get; init; }

    /// <summary>The fields in the order in which they are declared, which is also that of the JSON.</summary>
    public List<ProtoField> Fields { get; } = [];

    /// <summary>The message types declared inside, in their order: what the indexes of the wire format count.</summary>
    public List<ProtoMessage> Nested { get; } = [];

    /// <summary>The position of a field; -1 if there is none of that number.</summary>
    public int Find(int number) => (uint)number < (uint)_first.Length ? _first[number] : _positions.GetValueOrDefault(number, -1);

    /// <summary>Makes <see cref="Find"/> ready, once all fields are there.</summary>
    public void Index()
    {
        _first = new int[MaxIndexed];
        Array.Fill(_first, -1);
        for (int i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Number < MaxIndexed) _first[Fields[i].Number] = i;
            _positions[Fields[i].Number] = i;
        }

        ProtoWellKnown meaning = MeaningOf(Name);
        bool isAsDeclared = meaning switch
        {
            ProtoWellKnown.Timestamp or ProtoWellKnown.Duration => Fields is [{ Kind: ProtoKind.Int64, Number: 1 }, { Kind: ProtoKind.Int32, Number: 2 }],
            ProtoWellKnown.Wrapper => Fields is [{ IsRepeated: false, TypeName: "", Number: 1 }],
            ProtoWellKnown.Struct or ProtoWellKnown.List => Fields is [{ IsRepeated: true, Number: 1 }],
            ProtoWellKnown.Value => Fields.Count == 6,
            _ => true,
        };
        WellKnown = isAsDeclared ? meaning : ProtoWellKnown.None;
    }

    private static ProtoWellKnown MeaningOf(string name) => name switch
    {
        "google.protobuf.Timestamp" => ProtoWellKnown.Timestamp,
        "google.protobuf.Duration" => ProtoWellKnown.Duration,
        "google.protobuf.Struct" => ProtoWellKnown.Struct,
        "google.protobuf.Value" => ProtoWellKnown.Value,
        "google.protobuf.ListValue" => ProtoWellKnown.List,
        "confluent.type.Decimal" => ProtoWellKnown.Decimal,
        "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or "google.protobuf.Int64Value" or "google.protobuf.UInt64Value" or "google.protobuf.Int32Value"
            or "google.protobuf.UInt32Value" or "google.protobuf.BoolValue" or "google.protobuf.StringValue" or "google.protobuf.BytesValue" => ProtoWellKnown.Wrapper,
        _ => ProtoWellKnown.None,
    };
}
