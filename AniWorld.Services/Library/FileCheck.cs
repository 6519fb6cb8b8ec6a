using System.Security.Cryptography;
using AniWorld.Services.Disk;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>What reading a file in whole showed.</summary>
/// <param name="Hash">SHA-256 in lower-case hex; <see langword="null"/> when it was not read to its end.</param>
/// <param name="Problem"><see langword="null"/> for a sound file.</param>
/// <param name="IsGone">There was no file, or it could not be opened.</param>
internal sealed record FileFinding(string? Hash, FaultException? Problem, bool IsGone = false);

/// <summary>Whether a video in the library is whole, can be heard, and still has the bytes that it had.</summary>
internal sealed class FileCheck(MediaTools tools)
{
    private const int ReadAtOnce = 1 << 20;

    /// <param name="hash">What its content was; <see langword="null"/> when that is not known.</param>
    public async Task<FileFinding> RunAsync(string path, string? hash, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await FactsAsync(path, cancellationToken);
            var now = await HashAsync(path, cancellationToken);
            if (hash is not null && now != hash)
            {
                return new FileFinding(now, new FaultException(
                    FaultCode.IoError, new Sentence("fault_bytes_changed", path)));
            }

            if (!facts.HasSound)
            {
                return new FileFinding(now, Silent(path));
            }

            return new FileFinding(now, await IsSilentAsync(path, facts.Duration, cancellationToken) ? Silent(path) : null);
        }
        catch (FaultException fault)
        {
            return new FileFinding(null, fault);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return new FileFinding(null, null, IsGone: true);
        }
        catch (IOException e)
        {
            return new FileFinding(null, DiskFault.From(e, path));
        }
    }

    /// <summary>What its tracks say they are in.</summary>
    /// <returns><see langword="null"/> where <c>ffprobe</c> is not installed or cannot tell.</returns>
    public async Task<MediaTracks?> TracksAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return tools.Ffprobe is { } ffprobe ? await TrackProbe.ReadAsync(ffprobe, path, cancellationToken) : null;
        }
        catch (FaultException fault) when (IsOfTool(fault))
        {
            return null;
        }
    }

    /// <exception cref="IOException">The disk could not read some of it.</exception>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
            BufferSize = ReadAtOnce,
            Share = FileShare.ReadWrite | FileShare.Delete,
        });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    private async Task<ContainerFacts> FactsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await MediaVerification.VerifyAsync(path, MediaPromise.None, tools.Ffprobe, cancellationToken);
        }
        catch (FaultException fault) when (IsOfTool(fault))
        {
            return ContainerCheck.Check(path);
        }
    }

    private async Task<bool> IsSilentAsync(string path, TimeSpan? duration, CancellationToken cancellationToken)
    {
        try
        {
            return tools.Ffmpeg is { } ffmpeg && duration is { } length && await SoundProbe.IsSilentAsync(ffmpeg, path, length, cancellationToken);
        }
        catch (FaultException fault) when (IsOfTool(fault))
        {
            return false;
        }
    }

    /// <summary>A tool that cannot be used says nothing about the file.</summary>
    private static bool IsOfTool(FaultException fault) => fault.Code is FaultCode.ToolMissing or FaultCode.ToolFailed;

    private static FaultException Silent(string path) => new(FaultCode.NotMedia, new Sentence("fault_file_silent", path));
}
