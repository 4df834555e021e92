using System.Text;
using ClickSink.Embedded.Sql;
using Xunit;

namespace ClickSink.Tests.Integration.Embedded;

public sealed class StatementParserTests
{
    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", "Values", " (1)")]
    [InlineData("INSERT INTO t(a)VALUES(1)", "Values", "(1)")]
    [InlineData("INSERT t FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO values VALUES (1)", "Values", " (1)")]
    [InlineData("INSERT INTO format FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO TABLE table FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO TABLE FUNCTION null('a UInt8') FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO FUNCTION file('x', 'CSV', 'a UInt8') PARTITION BY (a, b) FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO db.`my table` (`format`, \"values\") FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO t (* EXCEPT(b)) FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO t FORMAT CSV  \t 1", "CSV", "1")]
    [InlineData("INSERT INTO t FORMAT CSV \n\n1", "CSV", "\n1")]
    [InlineData("INSERT INTO t FORMAT CSV\r\n1", "CSV", "1")]
    [InlineData("INSERT INTO t FORMAT CSV", "CSV", "")]
    [InlineData("INSERT INTO t FORMAT CSV\n;1", "CSV", ";1")]
    [InlineData("INSERT INTO t SETTINGS a = 'FORMAT x', b = 2 FORMAT CSV\n1", "CSV", "1")]
    [InlineData("INSERT INTO t SETTINGS a = (1, 2) VALUES (1)", "Values", " (1)")]
    [InlineData("INSERT INTO t FORMAT CSV SETTINGS a = 1, b = 'x'\n1", "CSV", "1")]
    [InlineData("INSERT INTO t FORMAT CSV SETTINGS a = -1\n1", "CSV", "1")]
    [InlineData("/* c */ INSERT -- VALUES\n INTO t # comment\n FORMAT CSV\n1", "CSV", "1")]
    public void Insert_WithData_FormatAndDataFound(string text, string format, string data)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var statement = StatementParser.Parse(bytes);
        Assert.Equal(StatementKind.InsertData, statement.Kind);
        Assert.Equal(format, statement.Format);
        Assert.Equal(data, Encoding.UTF8.GetString(bytes[statement.DataStart..]));
    }

    [Theory]
    [InlineData("INSERT INTO t SELECT 1")]
    [InlineData("INSERT INTO t SELECT 1 FORMAT Null")]
    [InlineData("INSERT INTO t (SELECT 1)")]
    [InlineData("INSERT INTO t (a) WITH 1 AS x SELECT x")]
    [InlineData("INSERT INTO t SELECT input FROM s FORMAT CSV")]
    [InlineData("CREATE TABLE t (a UInt8) ENGINE = Memory")]
    [InlineData("EXPLAIN SELECT 1")]
    public void Statement_WithoutData_RunAsItIs(string text) => Assert.Equal(StatementKind.Other, StatementParser.Parse(Encoding.UTF8.GetBytes(text)).Kind);

    [Fact]
    public void Insert_FromInput_CallAndDataFound()
    {
        var bytes = "INSERT INTO t SELECT a FROM input('a UInt8') FORMAT TSV\n1"u8.ToArray();
        var statement = StatementParser.Parse(bytes);
        Assert.Equal(StatementKind.InsertInput, statement.Kind);
        Assert.Equal("input(", Encoding.UTF8.GetString(bytes[statement.InputCall]));
        Assert.Equal("1", Encoding.UTF8.GetString(bytes[statement.DataStart..]));
    }

    [Theory]
    [InlineData("SELECT 1", null)]
    [InlineData("SELECT 1 FORMAT JSON", "JSON")]
    [InlineData("SELECT 1 format JSON;", "JSON")]
    [InlineData("SELECT 1 FORMAT JSON SETTINGS max_threads = 1", "JSON")]
    [InlineData("SELECT 1 SETTINGS max_threads = 1 FORMAT JSON", "JSON")]
    [InlineData("SELECT 'FORMAT JSON'", null)]
    [InlineData("SELECT format('{}', 1) AS format", null)]
    [InlineData("SELECT format FROM t", null)]
    [InlineData("SELECT $tag$ FORMAT JSON $tag$", null)]
    [InlineData("SELECT 1 -- FORMAT JSON", null)]
    [InlineData("SELECT 'it''s \\' FORMAT JSON'", null)]
    [InlineData("(SELECT 1) UNION ALL (SELECT 2) FORMAT CSV", "CSV")]
    [InlineData("WITH (SELECT 1 AS FORMAT) AS x SELECT x", null)]
    [InlineData("FROM t SELECT a FORMAT TSV", "TSV")]
    public void Select_Format_Found(string text, string? format)
    {
        var statement = StatementParser.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Null(statement.Fault);
        Assert.Equal(StatementKind.Select, statement.Kind);
        Assert.Equal(format, statement.Format);
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2", 62)]
    [InlineData("SELECT 1;;", 0)]
    [InlineData("SELECT ';'; -- done", 0)]
    [InlineData("SELECT 1 INTO OUTFILE 'x' FORMAT CSV", 358)]
    [InlineData("INSERT INTO t FROM INFILE 'x' FORMAT CSV", 78)]
    [InlineData("INSERT INTO t FORMAT CSV; 1", 62)]
    [InlineData("SYSTEM SHUTDOWN", 48)]
    [InlineData("system /* now */ kill", 48)]
    [InlineData("SYSTEM FLUSH LOGS", 0)]
    [InlineData("", 62)]
    [InlineData(" ; ", 62)]
    public void Statement_Refused_WithCode(string text, int code) => Assert.Equal(code, StatementParser.Parse(Encoding.UTF8.GetBytes(text)).Fault?.Code ?? 0);

    [Fact]
    public void Parse_AnyBytes_NeverThrows()
    {
        // Pieces that the parser looks for, in any order and cut anywhere.
        string[] pieces =
        [
            "INSERT ", "INTO ", "TABLE ", "FUNCTION ", "t", ".", "(", ")", "[", "}", "VALUES", " FORMAT ", "SETTINGS ", "a = 1", ",", ";", "'", "\"", "`", "\\", "--", "/*", "*/",
            "#!", "$x$", "$", "SELECT ", "input(", "FROM ", "INFILE ", "INTO OUTFILE ", "\n", "\0", "é", "PARTITION BY ", "SYSTEM ", "1.5e", "WITH ",
        ];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)])));
            text = i % 3 == 0 ? [.. "INSERT INTO t "u8, .. text] : text;
            text = text[..random.Next(text.Length + 1)];
            var statement = StatementParser.Parse(text);
            Assert.InRange(statement.DataStart, 0, text.Length);
            Assert.InRange(statement.BeforeFormat, 0, text.Length);
            Assert.InRange(statement.AfterFormat, 0, text.Length);
            Assert.InRange(statement.End, 0, text.Length);
            _ = text[statement.Settings];
            _ = text[statement.InputCall];
        }
    }
}
