using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>The limits of one download.</summary>
public sealed record MediaDownloadOptions
{
    /// <summary>Parallel connections per stream: 1 to 16.</summary>
    public int Connections { get; init; } = 8;

    /// <summary>No byte for so long counts as stalled.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts per range or segment before the download fails.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>First wait between attempts; doubles with jitter, up to 10 minutes.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wanted: decides which sound and which subtitles of a stream are taken. When unknown, its default sound and all subtitles.</summary>
    public Language Language { get; init; } = Language.Unknown;

    /// <summary>The highest picture wanted, in pixels; <see langword="null"/> for the best there is.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>Bytes that stay free on the target's disk.</summary>
    public long FreeSpaceReserve { get; init; } = 512L << 20;

    /// <summary>Largest file accepted, in bytes.</summary>
    public long MaxFileSize { get; init; } = 50L << 30;

    /// <summary>While it returns true the transfer holds its bytes and reads no more; asked between reads.</summary>
    public Func<bool> IsPaused { get; init; } = () => false;

    /// <summary>Whether what is fetched may be written still; asked before each write. Once it says no, nothing more is.</summary>
    public Func<bool> MayWrite { get; init; } = () => true;

    /// <summary>The same, asked where it is decided: right before something gets a name that is not the download's own.</summary>
    public Func<CancellationToken, Task<bool>> MayFinish { get; init; } = _ => Task.FromResult(true);

    /// <summary>
    /// A part file that somebody holds is that of a process which no longer may: it is put aside. Otherwise it is <c>name_conflict</c>.
    /// </summary>
    public bool TakesOver { get; init; }

    /// <summary>Told before each wait for another attempt within the download; from any thread.</summary>
    public Action<FaultException> Retrying { get; init; } = _ => { };

    /// <summary>Folder that a file failing verification is moved to, with its reason beside it.</summary>
    public string? QuarantineFolder { get; init; }

    /// <summary>Path of <c>ffmpeg</c>; <see langword="null"/> when not installed.</summary>
    public string? Ffmpeg { get; init; }

    /// <summary>Path of <c>ffprobe</c>; <see langword="null"/> when not installed.</summary>
    public string? Ffprobe { get; init; }

    /// <exception cref="OperationCanceledException">Nothing may be written any more.</exception>
    internal void RequireMayWrite()
    {
        if (!MayWrite())
        {
            throw new OperationCanceledException("The download is another's by now.");
        }
    }

    /// <inheritdoc cref="RequireMayWrite"/>
    internal async Task RequireMayFinishAsync(CancellationToken cancellationToken)
    {
        if (!await MayFinish(cancellationToken))
        {
            throw new OperationCanceledException("The download is another's by now.");
        }
    }

    /// <summary>As the settings say; where the tools are is left open.</summary>
    public static MediaDownloadOptions From(AniWorldOptions settings) => new()
    {
        Connections = settings.Downloads.Connections,
        Stall = TimeSpan.FromSeconds(settings.Downloads.StallSeconds),
        Attempts = settings.Downloads.Attempts,
        Backoff = TimeSpan.FromSeconds(settings.Downloads.BackoffSeconds),
        MaxHeight = settings.Downloads.MaxHeight,
        FreeSpaceReserve = (long)settings.Downloads.MinFreeMb << 20,
        MaxFileSize = settings.Limits.FileBytes,
    };
}
