using AniWorld.Blazor.Telemetry;
using Serilog.Events;

namespace AniWorld.Blazor.Tests.Telemetry;

public sealed class LogReaderTests : IDisposable
{
    private readonly LogWorld _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task The_newest_lines_come_first_over_all_files_and_the_older_ones_when_asked_for()
    {
        Write("aniworld-20261121.json", "a", "b");
        Write("aniworld-20261122.json", "c");
        Write("aniworld-20261122_001.json", "d", "e");

        var first = await BackAsync(3);
        var second = await BackAsync(3, first.Older);

        Assert.Equal(["e", "d", "c"], Said(first));
        Assert.Equal(["b", "a"], Said(second));
        Assert.Null(second.Older);
    }

    [Fact]
    public async Task What_is_written_later_is_read_on_also_into_the_next_file()
    {
        Write("aniworld-20261122.json", "a");
        var start = await BackAsync(10);
        Write("aniworld-20261122.json", "b", "c");
        Write("aniworld-20261123.json", "d");

        var more = await _log.Reader.ReadOnAsync(LogWorld.Everything, start.Newest!, TestContext.Current.CancellationToken);
        var nothing = await _log.Reader.ReadOnAsync(LogWorld.Everything, more.Newest!, TestContext.Current.CancellationToken);

        Assert.Equal(["d", "c", "b"], Said(more));
        Assert.Empty(nothing.Lines);
        Assert.Equal(more.Newest, nothing.Newest);
    }

    [Fact]
    public async Task A_line_that_is_just_being_written_waits_for_its_end()
    {
        _log.Write("aniworld-20261122.json", LogWorld.Line("a"), LogWorld.Line("half")[..20]);
        var start = await BackAsync(10);
        _log.Write("aniworld-20261122.json", LogWorld.Line("half")[20..]);

        Assert.Equal(["a"], Said(start));
        Assert.Equal(["half"], Said(await _log.Reader.ReadOnAsync(LogWorld.Everything, start.Newest!, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Level_and_text_narrow_it_down()
    {
        _log.Write(
            "aniworld-20261122.json", LogWorld.Line("calm"), LogWorld.Line("odd", "Warning"), LogWorld.Line("BAD", "Error", "System.IO.IOException: the disk"), LogWorld.Line("chatty", "Debug"));

        Assert.Equal(["BAD", "odd"], Said(await BackAsync(10, filter: new LogFilter(LogEventLevel.Warning, null))));
        Assert.Equal(["BAD"], Said(await BackAsync(10, filter: new LogFilter(LogEventLevel.Verbose, " bad "))));
        Assert.Equal(["BAD"], Said(await BackAsync(10, filter: new LogFilter(LogEventLevel.Verbose, "ioexception"))));
        Assert.Equal(4, (await BackAsync(10, filter: new LogFilter(LogEventLevel.Verbose, "test.writer"))).Lines.Count);
    }

    [Fact]
    public async Task Lines_longer_than_a_block_and_what_is_no_line_disturb_nothing()
    {
        var large = new string('x', 200_000);
        Write("aniworld-20261122.json", "first", large, "last");
        _log.Write("aniworld-20261122.json", "\n", "no json at all\n", "[1]\n", "{}\n");

        Assert.Equal(["last", large, "first"], Said(await BackAsync(10)));
    }

    [Fact]
    public async Task Without_a_log_there_is_nothing()
    {
        var nothing = await BackAsync(10);
        Write("aniworld-20261122.json", "a");
        var start = await BackAsync(10);
        _log.Delete("aniworld-20261122.json");

        Assert.Empty(nothing.Lines);
        Assert.Null(nothing.Newest);
        Assert.Empty((await _log.Reader.ReadOnAsync(LogWorld.Everything, start.Newest!, TestContext.Current.CancellationToken)).Lines);
    }

    [Theory]
    [InlineData("../data/config.json")]
    [InlineData("..\\data\\config.json")]
    [InlineData("/etc/passwd")]
    [InlineData("aniworld-20261199.json")]
    [InlineData("other.json")]
    public void Only_files_of_the_log_are_handed_out(string name)
    {
        Write("aniworld-20261122.json", "a");
        _log.Write("other.json", "x");

        Assert.Null(_log.Files.Open(name));
    }

    private void Write(string file, params string[] messages) => _log.Write(file, [.. messages.Select(message => LogWorld.Line(message))]);

    private Task<LogPart> BackAsync(int most, LogPlace? before = null, LogFilter? filter = null) =>
        _log.Reader.ReadBackAsync(filter ?? LogWorld.Everything, before, most, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Said(LogPart part) => part.Lines.Select(line => line.Message);
}
