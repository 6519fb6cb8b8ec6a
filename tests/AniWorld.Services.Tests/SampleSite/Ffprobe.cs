using System.Diagnostics;

namespace AniWorld.Services.Tests.SampleSite;

/// <summary>Asks ffprobe whether something plays; without it the test is skipped.</summary>
internal static class Ffprobe
{
    /// <param name="input">A path or an address.</param>
    public static async Task AssertPlayableAsync(string input)
    {
        var (code, output, errors) = await RunAsync("-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "csv=p=0", input);

        Assert.True(code == 0 && errors.Length == 0, $"ffprobe on {input}: exit {code}, {errors}");
        Assert.Contains("h264", output, StringComparison.Ordinal);
        Assert.Contains("aac", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("ffprobe", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ffprobe is not installed.");
        }

        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
