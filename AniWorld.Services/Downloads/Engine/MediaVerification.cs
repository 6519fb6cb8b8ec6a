using AniWorld.Services.Downloads.Engine.Containers;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>What a finished file has to be, as the stream that it was made of says.</summary>
/// <param name="Duration"><see langword="null"/> when nothing tells it.</param>
/// <param name="IsOneRun">Whether the stream's clock goes on evenly from its beginning to its end.</param>
internal sealed record MediaPromise(ExpectedDuration? Duration, bool IsOneRun, bool HasSound)
{
    /// <summary>For a file of which only itself is known.</summary>
    public static MediaPromise None { get; } = new(null, IsOneRun: true, HasSound: false);

    /// <exception cref="FaultException"><c>not_media</c>: it has no picture, which no joining would change.</exception>
    public static MediaPromise Of(FetchedStream stream)
    {
        var main = stream.Tracks[0];
        var tables = TablesOf(main);
        return tables is { HasPicture: false }
            ? throw new FaultException(FaultCode.NotMedia, new Sentence("fault_unplayable", main.Paths.Part, new Sentence("fault_file_no_video")))
            : new(main.Expected, main.Runs.Count < 2, stream.SaysSound || stream.Tracks.Count > 1 || tables is { HasSound: true });
    }

    /// <summary>What a transport stream says that it consists of, for others <see langword="null"/>.</summary>
    private static (bool HasPicture, bool HasSound)? TablesOf(FetchedTrack track)
    {
        if (track.Container != MediaContainer.MpegTs)
        {
            return null;
        }

        using var handle = File.OpenHandle(track.Paths.Part);
        return TsStructure.Streams(new MediaFile(handle));
    }
}

/// <summary>Whether a file is the whole video that its stream promised.</summary>
/// <remarks>
/// By its structure; and by <c>ffprobe</c>, where that is installed, when the file was put together here or does not tell its own duration.
/// A single file that came as it is and whose index is whole is not looked at twice: that costs a tenth of a second of a core for each.
/// </remarks>
internal static class MediaVerification
{
    /// <exception cref="FaultException"><c>not_media</c>, <c>truncated</c>, <c>too_small</c>.</exception>
    public static async Task<ContainerFacts> VerifyAsync(string path, MediaPromise promise, string? ffprobe, CancellationToken cancellationToken)
    {
        var facts = ContainerCheck.Check(path);
        if (ffprobe is not null && (promise.Duration is not null || facts.Duration is null))
        {
            var probed = await MediaProbe.CheckAsync(ffprobe, path, cancellationToken);
            facts = facts with { Duration = probed.Duration, HasSound = probed.HasSound };
        }

        // A bare transport stream whose clock begins anew midway tells no duration to go by.
        var hasClock = promise.IsOneRun || facts.Container != MediaContainer.MpegTs;
        if (hasClock && promise.Duration is { } expected && facts.Duration is { } found
            && (found - expected.Duration).Duration() > expected.Tolerance)
        {
            throw new FaultException(
                found < expected.Duration ? FaultCode.Truncated : FaultCode.NotMedia,
                new Sentence("fault_other_length", path, found.TotalSeconds, expected.Duration.TotalSeconds));
        }

        return promise.HasSound && !facts.HasSound
            ? throw new FaultException(FaultCode.NotMedia, new Sentence("fault_file_no_sound", path))
            : facts;
    }
}
