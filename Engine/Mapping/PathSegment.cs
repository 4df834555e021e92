namespace ClickSink.Engine.Mapping;

/// <summary>One step of a path: into a member of an object, or an element of an array.</summary>
/// <param name="Key">The member's key; null for an element.</param>
/// <param name="Index">The element's position, from 0; -1 for a member.</param>
public readonly record struct PathSegment(string? Key, int Index);
