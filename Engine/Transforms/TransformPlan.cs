using System.Diagnostics.CodeAnalysis;
using ClickSink.Engine.Formats;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms.Steps;

namespace ClickSink.Engine.Transforms;

/// <summary>Mapping and transforms of a document, checked and compiled: the columns of its rows and the steps between decoding and storing. Immutable.</summary>
public sealed class TransformPlan
{
    private readonly ExplodePlan? _explode;
    private readonly IReadOnlyList<ITransformStep> _steps;

    private TransformPlan(RowLayout layout, ExplodePlan? explode, IReadOnlyList<ITransformStep> steps, RouteTable? routes)
    {
        Layout = layout;
        _explode = explode;
        _steps = steps;
        Routing = routes;
    }

    /// <summary>The columns of rows: decoded, derived, stored.</summary>
    public RowLayout Layout { get; }

    /// <summary>The routes that rows can go, in the order in which the document names them first; empty without routing.</summary>
    public IReadOnlyList<string> Routes => Routing?.Names ?? [];

    /// <summary>Whether a step asks for the messages' timestamps.</summary>
    public bool NeedsTimestamp => _steps.Any(step => step.NeedsTimestamp);

    internal RouteTable? Routing { get; }

    /// <summary>Compiles the mapping and the transforms of a document.</summary>
    /// <param name="options">The document.</param>
    /// <param name="plan">The plan; null if there are faults.</param>
    /// <param name="faults">Gets every fault, with its path in the document.</param>
    public static bool TryCompile(PipelineOptions options, [NotNullWhen(true)] out TransformPlan? plan, FaultList faults)
    {
        plan = null;
        var before = faults.Count;
        var compiler = new TransformCompiler(options, faults);
        var layout = compiler.Compile();
        if (layout is null || faults.Count > before) return false;
        plan = new TransformPlan(layout, compiler.Explode, compiler.Steps, compiler.Routes);
        return true;
    }

    /// <summary>Makes what turns messages into rows; one for each thread.</summary>
    /// <param name="create">Makes the decoder of the document's format for a mapping.</param>
    /// <param name="time">The clock.</param>
    internal RowDecoder CreateDecoder(Func<MappingPlan, IMessageDecoder> create, TimeProvider time)
    {
        var decoder = _explode is null ? create(Layout.Decoded) : new ExplodingDecoder(Layout.Decoded, _explode, create);
        return new RowDecoder(decoder, Layout, [.. _steps.Select(step => step.CreateRun(time))]);
    }
}
