namespace ClickSink.Tests.Unit;
public sealed class SmokeTests { [Xunit.Fact] public void X() => Xunit.Assert.True(true); }
