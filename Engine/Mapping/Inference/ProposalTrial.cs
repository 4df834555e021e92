using ClickSink.Engine.Formats;
using ClickSink.Engine.Pipelines;

namespace ClickSink.Engine.Mapping.Inference;

/// <summary>Tries proposals with the decoder on the messages that they were made from.</summary>
internal static class ProposalTrial
{
    /// <summary>The proposals, with text in place of every type that refuses one of the messages.</summary>
    /// <param name="fields">The proposals.</param>
    /// <param name="messages">The messages, with their position in the sample.</param>
    /// <param name="unreadable">Receives messages that the decoder refuses whatever the types are.</param>
    public static IReadOnlyList<FieldProposal> Correct(
        IReadOnlyList<FieldProposal> fields, IReadOnlyList<(int Index, byte[] Message)> messages, ICollection<UnreadableMessage> unreadable)
    {
        var corrected = fields.ToList();
        var left = messages.ToList();
        // Each trial corrects a column, and each only once, or leaves a message out.
        while (FirstRefusal(corrected, left) is { } refusal)
        {
            var (fault, message) = refusal;
            var at = corrected.FindIndex(field => field.Column == fault.Column);
            if (at < 0 || Text(corrected[at]) == corrected[at].Type)
            {
                unreadable.Add(new UnreadableMessage(left[message].Index, fault.Reason));
                left.RemoveAt(message);
                continue;
            }

            var field = corrected[at];
            corrected[at] = field with
            {
                Type = Text(field),
                Reason = $"{field.Reason}; but {field.Type} does not take {fault.Value}: text holds each value as it was written",
            };
        }

        return corrected;
    }

    private static string Text(FieldProposal field) =>
        field.Nulls > 0 || field.Missing > 0 || field.Values == 0 ? "Nullable(String)" : "String";

    private static (RowFault Fault, int Message)? FirstRefusal(List<FieldProposal> fields, List<(int Index, byte[] Message)> messages)
    {
        if (fields.Count == 0) return null;
        var faults = new List<Fault>();
        if (!MappingPlan.TryCompile(new MappingOptions { Columns = [.. fields.Select(MappingInference.ToColumn)] }, out var plan, faults))
            throw new InvalidOperationException($"The proposed mapping is not valid: {string.Join("; ", faults)}");
        var decoder = new JsonDecoder(plan);
        using var block = plan.CreateBlock();
        for (var i = 0; i < messages.Count; i++)
        {
            if (!decoder.TryDecode(new Message { Value = messages[i].Message }, block, out var fault)) return (fault, i);
            block.Truncate(0);
        }

        return null;
    }
}
