using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Diagnosis;

/// <summary>Which versions of the tools are there. Asked for once, and again when a tool's file is another.</summary>
public sealed class ToolVersions : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MediaTools _tools;
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, (string Stamp, ToolVersion Version)> _known = [];

    internal ToolVersions(MediaTools tools) => _tools = tools;

    public void Dispose() => _one.Dispose();

    public async Task<IReadOnlyList<ToolVersion>> ListAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return
            [
                await LookAsync("ffmpeg", _tools.Ffmpeg, "-version", cancellationToken),
                await LookAsync("ffprobe", _tools.Ffprobe, "-version", cancellationToken),
                await LookAsync("yt-dlp", _tools.YtDlp, "--version", cancellationToken),
            ];
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ToolVersion> LookAsync(string name, string? path, string question, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return new ToolVersion(name, null, null);
        }

        var stamp = $"{path} {File.GetLastWriteTimeUtc(path).Ticks}";
        if (_known.TryGetValue(name, out var known) && known.Stamp == stamp)
        {
            return known.Version;
        }

        var version = new ToolVersion(name, path, await AskAsync(path, question, cancellationToken));
        _known[name] = (stamp, version);
        return version;
    }

    private static async Task<string?> AskAsync(string path, string question, CancellationToken cancellationToken)
    {
        try
        {
            var said = await ExternalTool.RunAsync(path, [question], Patience, cancellationToken);
            return said.ExitCode == 0 ? NumberIn(said.Output.Split('\n')[0]) : null;
        }
        catch (FaultException)
        {
            return null;
        }
    }

    /// <summary><c>ffmpeg version 7.1.2 Copyright …</c> is 7.1.2; yt-dlp says the number alone.</summary>
    private static string NumberIn(string line) => line.Trim().Split(' ') is [_, "version", var number, ..] ? number : line.Trim();
}

/// <param name="Path"><see langword="null"/> when it is not installed.</param>
/// <param name="Version"><see langword="null"/> when it is not installed, or does not run.</param>
public sealed record ToolVersion(string Name, string? Path, string? Version);
