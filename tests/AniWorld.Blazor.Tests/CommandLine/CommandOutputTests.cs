using AniWorld.Blazor.CommandLine;

namespace AniWorld.Blazor.Tests.CommandLine;

public sealed class CommandOutputTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public void A_pipe_gets_a_line_for_each_row_with_tabs_between()
    {
        new CommandOutput(_output, json: false, isTerminal: false).Table(["Key", "Name"], [["a", "A"], ["b", "B"]]);

        Assert.Equal($"a\tA{Environment.NewLine}b\tB{Environment.NewLine}", _output.ToString());
    }

    [Fact]
    public void Names_from_web_pages_cannot_steer_the_terminal_or_break_the_lines()
    {
        var output = new CommandOutput(_output, json: false, isTerminal: false);

        output.Say("red \u001b[31m and\u0007 a bell");
        output.Table(["Name"], [["two\tcells\nand two lines"]]);

        Assert.Equal($"red  [31m and  a bell{Environment.NewLine}two cells and two lines{Environment.NewLine}", _output.ToString());
    }

    [Fact]
    public void Programs_are_told_the_answer_and_nothing_else()
    {
        var output = new CommandOutput(_output, json: true, isTerminal: true);

        output.Say("Only people read this.");
        output.Write(new { FullName = "Grün & Söhne" }, () => throw new InvalidOperationException("not for people"));

        Assert.Equal($$"""{"full_name":"Grün & Söhne"}{{Environment.NewLine}}""", _output.ToString());
    }

    public void Dispose() => _output.Dispose();
}
