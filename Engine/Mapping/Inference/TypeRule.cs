namespace ClickSink.Engine.Mapping.Inference;

/// <summary>A reason for a type.</summary>
/// <param name="Node">What was seen.</param>
/// <param name="Name">The key of the field, or of the array that the values are in: producers say by it what numbers mean.</param>
/// <param name="Options">How to infer.</param>
internal readonly record struct RuleInput(FieldNode Node, string Name, InferenceOptions Options);

/// <summary>A rule: a type that it proposes if what was seen allows it, else null. The first rule whose type can be had counts.</summary>
internal delegate TypeChoice? TypeRule(RuleInput input);
