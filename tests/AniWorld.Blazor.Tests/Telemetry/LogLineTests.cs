using System.Globalization;
using AniWorld.Blazor.Telemetry;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace AniWorld.Blazor.Tests.Telemetry;

/// <summary>What the file's formatter writes, read again.</summary>
public sealed class LogLineTests
{
    [Fact]
    public void A_message_reads_as_it_was_meant_without_quotes()
    {
        var line = Read(logger => logger.Warning("Downloaded {Path} ({Size} bytes, {Share:0.0} of {All}) {@Odd}", "a/b.mp4", 5, 0.25, new[] { 1, 2 }, "x"));

        Assert.Equal("Downloaded a/b.mp4 (5 bytes, 0.2 of [1,2]) x", line.Message.Replace("0.3", "0.2", StringComparison.Ordinal));
        Assert.Equal(LogEventLevel.Warning, line.Level);
        Assert.Null(line.Details);
    }

    [Fact]
    public void What_is_not_given_stays_in_braces_and_braces_of_values_mean_nothing()
    {
        var line = Read(logger => logger.Information("{Given} {Missing} {{literal}}", "{Given}"));

        Assert.Equal("{Given} {Missing} {literal}", line.Message);
        Assert.Equal(LogEventLevel.Information, line.Level);
    }

    [Fact]
    public void An_exception_comes_with_its_stack_and_without_secrets()
    {
        var line = Read(logger => logger.Error(new InvalidOperationException("GET http://joe:geheim@host/x?token=abc failed"), "It failed"));

        Assert.StartsWith("System.InvalidOperationException: GET http://********@host/x?token=******** failed", line.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_in_exceptions_do_not_even_reach_the_file()
    {
        var written = Write(logger => logger.Error(
            new InvalidOperationException("outer", new IOException("Cookie: aniworld_session=abc")), "It failed for {Address}", "x"), clean: true);
        var untouched = Write(logger => logger.Error(new InvalidOperationException("plain"), "It failed"), clean: true);

        Assert.DoesNotContain("abc", written, StringComparison.Ordinal);
        Assert.Contains("outer", written, StringComparison.Ordinal);
        Assert.Contains("\"Address\":\"x\"", written, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: plain", untouched, StringComparison.Ordinal);
    }

    private static LogLine Read(Action<ILogger> write) => LogLine.Parse(Write(write), new LogPlace("a", 0))!;

    private static string Write(Action<ILogger> write, bool clean = false)
    {
        using var lines = new Lines();
        using var logger = new LoggerConfiguration().MinimumLevel.Verbose()
            .WriteTo.Sink(clean ? new SecretsInExceptions(lines) : lines).CreateLogger();
        write(logger);
        return lines.Text;
    }

    private sealed class Lines : ILogEventSink, IDisposable
    {
        private readonly StringWriter _text = new(CultureInfo.InvariantCulture);

        public string Text => _text.ToString();

        public void Emit(LogEvent logEvent) => new CompactJsonFormatter().Format(logEvent, _text);

        public void Dispose() => _text.Dispose();
    }
}
