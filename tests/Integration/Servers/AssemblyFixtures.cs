using ClickSink.Tests.Shared;

[assembly: Xunit.AssemblyFixture(typeof(SharedServers))]
