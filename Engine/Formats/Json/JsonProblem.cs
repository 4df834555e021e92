namespace ClickSink.Engine.Formats.Json;

/// <summary>What makes a message unfit, found while it was read.</summary>
internal enum JsonProblem
{
    None = 0,
    Empty,
    EndOfMessage,
    NotUtf8,
    NotAValue,
    NotANumber,
    ControlCharacter,
    UnknownEscape,
    LoneSurrogate,
    KeyExpected,
    ColonExpected,
    CommaOrBraceExpected,
    CommaOrBracketExpected,
    TooDeep,
    TrailingBytes,
    NotAnObject,
    ValueRefused,
    UnknownField,
}
