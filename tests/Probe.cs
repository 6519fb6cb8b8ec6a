using System.Diagnostics;
using System.Text.Json;

namespace AniWorld.Tests;

/// <summary>What <c>ffprobe</c> says of a file.</summary>
internal static class Probe
{
    public static async Task AssertPlayableAsync(string path)
    {
        Assert.True(File.Exists(path), $"{path} is not there.");
        var start = new ProcessStartInfo("ffprobe") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-v", "error", "-show_streams", "-show_format", "-of", "json", path])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        var probed = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Contains(probed.GetProperty("streams").EnumerateArray(), s => s.GetProperty("codec_type").GetString() == "video");
        Assert.Contains(probed.GetProperty("streams").EnumerateArray(), s => s.GetProperty("codec_type").GetString() == "audio");
        Assert.True(double.Parse(probed.GetProperty("format").GetProperty("duration").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 1);
    }
}
