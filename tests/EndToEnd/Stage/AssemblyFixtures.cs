using ClickSink.Tests.EndToEnd.Stage;

[assembly: Xunit.AssemblyFixture(typeof(Cluster))]
