using ClickSink.Engine.Formats.Avro;

namespace ClickSink.Engine.Formats.Debezium;

/// <summary>Registers Debezium's change events.</summary>
internal static class DebeziumFormat
{
    public static FormatKind Kind { get; } = new()
    {
        Name = "debezium",
        Find = format => format.Debezium,
        HasChanges = true,
        Create = (options, plan, limits) =>
        {
            var debezium = (DebeziumFormatOptions)options;
            return new DebeziumDecoder(plan, limits, debezium, debezium.Avro is null ? null : AvroFormat.CreateTranscoder(debezium.Avro, limits));
        },
        Validate = (options, path, faults) =>
        {
            if (((DebeziumFormatOptions)options).Avro is { } avro) AvroFormat.Validate(avro, $"{path}.avro", faults);
        },
        Reach = (former, present) => former.Debezium!.Avro is not { } avro
            ? former
            : former with { Debezium = former.Debezium with { Avro = AvroFormat.Reach(avro, present.Debezium?.Avro) } },
    };
}
