using System.Text;
using System.Text.Json.Nodes;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Formats.Protobuf;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace ClickSink.Tests.Unit.Formats.Protobuf;

/// <summary>Our decoder against Google's own library: what that encodes, we read as it shows it in JSON.</summary>
public sealed class GoogleProtobufTests
{
    // The declarations of google/protobuf/type.proto, without what nobody fills in here.
    private const string TypeProto = """
        syntax = "proto3";
        package google.protobuf;
        message Type { string name = 1; repeated Field fields = 2; repeated string oneofs = 3; Syntax syntax = 6; }
        message Field {
          enum Kind { TYPE_UNKNOWN = 0; TYPE_DOUBLE = 1; TYPE_FLOAT = 2; TYPE_INT64 = 3; TYPE_UINT64 = 4; TYPE_INT32 = 5; }
          enum Cardinality { CARDINALITY_UNKNOWN = 0; CARDINALITY_OPTIONAL = 1; CARDINALITY_REQUIRED = 2; CARDINALITY_REPEATED = 3; }
          Kind kind = 1; Cardinality cardinality = 2; int32 number = 3; string name = 4; string type_url = 6; int32 oneof_index = 7; bool packed = 8; string json_name = 10; string default_value = 11;
        }
        enum Syntax { SYNTAX_PROTO2 = 0; SYNTAX_PROTO3 = 1; }
        """;

    // Those of google/protobuf/descriptor.proto, which is of proto2.
    private const string DescriptorProto = """
        syntax = "proto2";
        package google.protobuf;
        message FileDescriptorProto {
          optional string name = 1; optional string package = 2; repeated string dependency = 3; repeated DescriptorProto message_type = 4; repeated EnumDescriptorProto enum_type = 5; optional string syntax = 12;
        }
        message DescriptorProto {
          optional string name = 1; repeated FieldDescriptorProto field = 2; repeated DescriptorProto nested_type = 3; repeated EnumDescriptorProto enum_type = 4;
          repeated ExtensionRange extension_range = 5; repeated OneofDescriptorProto oneof_decl = 8; repeated ReservedRange reserved_range = 9; repeated string reserved_name = 10;
          message ExtensionRange { optional int32 start = 1; optional int32 end = 2; }
          message ReservedRange { optional int32 start = 1; optional int32 end = 2; }
        }
        message OneofDescriptorProto { optional string name = 1; }
        message FieldDescriptorProto {
          enum Type { TYPE_DOUBLE = 1; TYPE_FLOAT = 2; TYPE_INT64 = 3; TYPE_UINT64 = 4; TYPE_INT32 = 5; TYPE_FIXED64 = 6; TYPE_FIXED32 = 7; TYPE_BOOL = 8; TYPE_STRING = 9; TYPE_GROUP = 10;
            TYPE_MESSAGE = 11; TYPE_BYTES = 12; TYPE_UINT32 = 13; TYPE_ENUM = 14; TYPE_SFIXED32 = 15; TYPE_SFIXED64 = 16; TYPE_SINT32 = 17; TYPE_SINT64 = 18; }
          enum Label { LABEL_OPTIONAL = 1; LABEL_REPEATED = 3; LABEL_REQUIRED = 2; }
          optional string name = 1; optional string extendee = 2; optional int32 number = 3; optional Label label = 4; optional Type type = 5; optional string type_name = 6;
          optional string default_value = 7; optional int32 oneof_index = 9; optional string json_name = 10; optional bool proto3_optional = 17;
        }
        message EnumDescriptorProto {
          optional string name = 1; repeated EnumValueDescriptorProto value = 2; repeated EnumReservedRange reserved_range = 4; repeated string reserved_name = 5;
          message EnumReservedRange { optional int32 start = 1; optional int32 end = 2; }
        }
        message EnumValueDescriptorProto { optional string name = 1; optional int32 number = 2; }
        """;

    private static readonly string[] Names = ["", "a", "é😀", "with \"quotes\"\n", new('x', 300)];

    [Fact]
    public void Transcode_Proto3_ReadsWhatGoogleWrites()
    {
        var random = new Random(11);
        for (int i = 0; i < 200; i++)
        {
            var type = new Google.Protobuf.WellKnownTypes.Type { Name = Names[random.Next(Names.Length)], Syntax = (Google.Protobuf.WellKnownTypes.Syntax)random.Next(2) };
            for (int n = random.Next(4); n > 0; n--) type.Oneofs.Add(Names[random.Next(Names.Length)]);
            for (int n = random.Next(4); n > 0; n--)
            {
                type.Fields.Add(new Field
                {
                    Kind = (Field.Types.Kind)random.Next(6),
                    Cardinality = (Field.Types.Cardinality)random.Next(4),
                    Number = random.Next(2) == 0 ? 0 : random.Next(int.MinValue, int.MaxValue),
                    Packed = random.Next(2) == 0,
                    JsonName = Names[random.Next(Names.Length)],
                });
            }

            Compare(TypeProto, "google.protobuf.Type", type);
        }
    }

    [Fact]
    public void Transcode_Proto2_ReadsTheDescriptorsOfGooglesFiles()
    {
        FileDescriptor[] files =
        [
            TypeReflection.Descriptor, StructReflection.Descriptor, TimestampReflection.Descriptor, ApiReflection.Descriptor, WrappersReflection.Descriptor,
            Google.Protobuf.Reflection.FileDescriptor.DescriptorProtoFileDescriptor,
        ];
        foreach (FileDescriptor file in files) Compare(DescriptorProto, "google.protobuf.FileDescriptorProto", FileDescriptorProto.Parser.ParseFrom(file.SerializedData));
    }

    [Fact]
    public void Transcode_Struct_IsTheJsonThatItStandsFor()
    {
        Struct value = Struct.Parser.ParseJson("""{"a":1.5,"b":[null,true,"x",{"c":[]}],"d":{"e":-1e300,"f":{}},"n":null}""");
        Compare("syntax = \"proto3\"; message T { }", "google.protobuf.Struct", value);
    }

    private static void Compare(string schema, string name, IMessage message)
    {
        var transcoder = new ProtobufTranscoder(ProtoSchema.Parse(schema, []).Find(name), FormatLimits.Default);
        RowFault? fault = transcoder.Transcode(message.ToByteArray(), out ReadOnlySpan<byte> json);
        Assert.True(fault is null, fault?.Reason);
        string expected = new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(message is Google.Protobuf.WellKnownTypes.Type)).Format(message);
        JsonNode? ours = JsonNode.Parse(Encoding.UTF8.GetString(json));
        JsonNode? theirs = JsonNode.Parse(expected);
        if (message is not Struct)
        {
            Prune(ours);
            Prune(theirs);
        }

        Assert.True(JsonNode.DeepEquals(theirs, ours), $"{expected}\n{Encoding.UTF8.GetString(json)}");
    }

    // What the declarations above leave out, and empty lists, which Google's JSON leaves out in proto2.
    private static void Prune(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array) Prune(item);
        }
        else if (node is JsonObject map)
        {
            foreach ((string key, JsonNode? value) in map.ToList())
            {
                if (value is null or JsonArray { Count: 0 } || key is "options" or "source_code_info" or "source_context" or "edition") map.Remove(key);
                else Prune(value);
            }
        }
    }
}
