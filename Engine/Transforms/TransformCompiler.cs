using System.Text.RegularExpressions;
using ClickSink.Engine.Columns;
using ClickSink.Engine.Mapping;
using ClickSink.Engine.Pipelines;
using ClickSink.Engine.Transforms.Expressions;
using ClickSink.Engine.Transforms.Steps;

namespace ClickSink.Engine.Transforms;

/// <summary>Compiles the transforms of one document, and gathers what is wrong with them.</summary>
internal sealed partial class TransformCompiler
{
    private const int MaxRules = 1000;

    private readonly PipelineOptions _options;
    private readonly FaultList _faults;
    private readonly List<ColumnPlan> _columns = [];
    private readonly List<ColumnPlan> _derived = [];
    private readonly List<ITransformStep> _steps = [];

    public TransformCompiler(PipelineOptions options, FaultList faults)
    {
        _options = options;
        _faults = faults;
    }

    public ExplodePlan? Explode { get; private set; }

    public RouteTable? Routes { get; private set; }

    public IReadOnlyList<ITransformStep> Steps => _steps;

    /// <summary>Compiles mapping and transforms; null if the mapping is so faulty that nothing can be said of the transforms.</summary>
    public RowLayout? Compile()
    {
        var mapping = _options.Mapping;
        var isExploding = _options.Transforms.Any(t => t.Explode is not null);
        if (!TryCompileMapping(isExploding ? ExplodePlan.WithoutElements(mapping) : mapping, out var plan)) return null;
        _columns.AddRange(plan.Columns);
        for (var i = 0; i < _options.Transforms.Count; i++) CompileStep(_options.Transforms[i], i);
        if (!_columns.Exists(column => column.Stored)) _faults.Add("mapping.columns", null, "at least one column must be stored; take stored: false away from one");
        return new RowLayout(plan, _derived);
    }

    private bool TryCompileMapping(MappingOptions mapping, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MappingPlan? plan)
    {
        plan = null;
        // A mapping that could not even be bound would only be told to be empty.
        if (mapping.Columns.Count == 0 && _faults.Any(f => f.Path.StartsWith("mapping", StringComparison.Ordinal))) return false;
        var found = new List<Fault>();
        var compiled = MappingPlan.TryCompile(mapping, out plan, found);
        foreach (var fault in found) _faults.Add($"mapping.{fault.Path}", fault.Value, fault.Rule);
        return compiled;
    }

    private void CompileStep(TransformOptions options, int index)
    {
        var place = $"transforms[{index}]";
        var keys = new object?[] { options.Filter, options.Derive, options.Explode, options.Dedupe, options.Route }.Count(key => key is not null);
        if (keys != 1)
        {
            if (!_faults.Any(f => f.Path.StartsWith(place, StringComparison.Ordinal)))
                _faults.Add(place, null, $"needs exactly one of filter, derive, explode, dedupe and route; it has {keys}. Write each as an entry of its own");
            return;
        }

        if (Routes is not null) _faults.Add(place, null, "route must be the last transform; move this one before it");
        if (options.Filter is { } filter && CompileCondition(filter, $"{place}.filter") is { } condition) _steps.Add(new FilterStep(condition, $"{place}.filter"));
        if (options.Derive is { } derive) CompileDerive(derive, $"{place}.derive");
        if (options.Dedupe is { } dedupe) CompileDedupe(dedupe, $"{place}.dedupe");
        if (options.Route is { } route) CompileRoute(route, $"{place}.route");
        if (options.Explode is not { } explode) return;
        if (index > 0) _faults.Add($"{place}.explode", null, "explode must be the first transform, and there can be one only: the others see its rows");
        else Explode = ExplodePlan.Compile(explode, _options.Mapping, $"{place}.explode", _faults);
    }

    private void CompileDerive(DeriveOptions options, string place)
    {
        var value = CompileExpression(options.Value, $"{place}.value");
        if (!ColumnType.TryParse(options.Type, out var type, out var error) && options.Type.Length > 0) _faults.Add($"{place}.type", options.Type, error!);
        if (_columns.Exists(column => column.Name == options.Name)) _faults.Add($"{place}.name", options.Name, "there is a column of this name already");
        if (options.Missing is MissingPolicy.Null && type is { IsNullable: false })
            _faults.Add($"{place}.missing", "null", $"{type} has no null: make the type Nullable, or choose default or reject");
        if (type is null) return;
        var isTaken = value is not null && ValueWriter.CanWrite(value.Type.Kind, type);
        if (value is not null && !isTaken)
            _faults.Add($"{place}.value", options.Value, $"the expression is of the type {value.Type}, which no column of the type {type} takes; convert it, as in string(...)");
        // Even if the value is faulty: what follows can then be checked as well, and the same fault is not told for every use of the column.
        MappingPath.TryParse("derived", out var path, out _);
        var column = new ColumnPlan(options.Name, type, path!, options.Missing ?? (type.IsNullable ? MissingPolicy.Null : MissingPolicy.Default), options.Stored);
        if (isTaken) _steps.Add(new DeriveStep(value!, column, _columns.Count, place));
        _columns.Add(column);
        _derived.Add(column);
    }

    private void CompileDedupe(DedupeOptions options, string place)
    {
        if (options.Key.Count == 0) _faults.Add($"{place}.key", null, "needs at least one column or expression");
        var keys = options.Key.Select((key, i) => CompileExpression(key, $"{place}.key[{i}]")).OfType<Expression>().ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Type.Kind is ExprKind.List or ExprKind.Map or ExprKind.Null)
                _faults.Add($"{place}.key", keys[i].Text, $"a key cannot be of the type {keys[i].Type}; take an element of it");
        }

        if (options.Within < TimeSpan.FromSeconds(1) || options.Within > TimeSpan.FromDays(7))
            _faults.Add($"{place}.within", Duration.Format(options.Within), "must be from 1s to 7d");
        var time = options.Time is null ? null : CompileExpression(options.Time, $"{place}.time");
        if (time is not null && time.Type.Kind is not ExprKind.Timestamp)
            _faults.Add($"{place}.time", options.Time, $"must be a timestamp, and is of the type {time.Type}");
        else if (keys.Count == options.Key.Count && keys.Count > 0)
            _steps.Add(new DedupeStep(keys, time, options.Within, options.MaxKeys, place));
    }

    private void CompileRoute(RouteOptions options, string place)
    {
        Routes = new RouteTable();
        if (options.Rules.Count == 0) _faults.Add($"{place}.rules", null, "needs at least one rule");
        if (options.Rules.Count > MaxRules) _faults.Add($"{place}.rules", null, $"{options.Rules.Count} rules are given, and {MaxRules} is the most");
        var rules = new List<(Expression When, int Set)>();
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var when = CompileCondition(options.Rules[i].When, $"{place}.rules[{i}].when");
            var set = CompileRoutes(options.Rules[i].To, $"{place}.rules[{i}].to");
            if (when is not null) rules.Add((when, set));
        }

        int? otherwise = options.Otherwise is null ? null : CompileRoutes(options.Otherwise, $"{place}.otherwise");
        if (Routes.Names.Count == 0 && options.Rules.Count > 0) _faults.Add(place, null, "names no route: at least one rule or otherwise must lead to a table");
        _steps.Add(new RouteStep(rules, otherwise, place));
    }

    private int CompileRoutes(IReadOnlyList<string> names, string place)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (!RouteName().IsMatch(names[i])) _faults.Add($"{place}[{i}]", names[i], "a route is named with 1 to 64 letters, digits, hyphens and underscores");
        }

        return names.Count == 0 ? StagedRows.Dropped : Routes!.Add(names);
    }

    private Expression? CompileCondition(string text, string place)
    {
        var expression = CompileExpression(text, place);
        if (expression is null || expression.Type.Kind is ExprKind.Bool) return expression;
        _faults.Add(place, text, $"must come to true or false, and is of the type {expression.Type}");
        return null;
    }

    private Expression? CompileExpression(string text, string place)
    {
        // An empty one was told when it was bound.
        if (text.Length == 0 && _faults.Any(f => f.Path == place)) return null;
        try
        {
            return ExpressionCompiler.Compile(text, _columns);
        }
        catch (ExpressionFault fault)
        {
            _faults.Add(place, text, $"at character {fault.At + 1}: {fault.Message}");
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z")]
    private static partial Regex RouteName();
}
