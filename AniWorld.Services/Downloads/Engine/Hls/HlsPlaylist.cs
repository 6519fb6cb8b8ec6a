namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>A playlist of RFC 8216.</summary>
internal abstract record HlsPlaylist;

/// <summary>The choice between pictures of different size.</summary>
internal sealed record HlsMaster(IReadOnlyList<HlsVariant> Variants, IReadOnlyList<HlsRendition> Audio) : HlsPlaylist
{
    /// <summary>The best variant within <paramref name="maxHeight"/>; when all are higher, the lowest.</summary>
    public HlsVariant Choose(int? maxHeight)
    {
        var pictures = Variants.Where(variant => !variant.IsAudioOnly).ToList();
        var all = pictures.Count > 0 ? pictures : Variants;
        var within = all.Where(variant => maxHeight is null || variant.Height is null || variant.Height <= maxHeight).ToList();
        return within.Count > 0
            ? within.OrderByDescending(variant => variant.Height ?? 0).ThenByDescending(variant => variant.Bandwidth).First()
            : all.OrderBy(variant => variant.Height).ThenByDescending(variant => variant.Bandwidth).First();
    }

    /// <summary>The sound that goes with a variant when it has a playlist of its own; <see langword="null"/> when it is in the picture's.</summary>
    /// <param name="language">Wanted, as BCP 47; <see langword="null"/> for the default one.</param>
    public HlsRendition? AudioOf(HlsVariant variant, string? language)
    {
        var group = Audio.Where(audio => variant.AudioGroup is not null && audio.Group == variant.AudioGroup).ToList();
        var chosen = group.Find(audio => language is not null && audio.Language?.Split('-')[0] == language.Split('-')[0])
            ?? group.Find(audio => audio.IsDefault) ?? group.FirstOrDefault();
        return chosen?.Uri is null ? null : chosen;
    }
}

/// <param name="Height">In pixels; <see langword="null"/> when not told.</param>
internal sealed record HlsVariant(Uri Uri, long Bandwidth, int? Height, string? Codecs, string? AudioGroup)
{
    private static readonly string[] AudioCodecs = ["mp4a", "ac-3", "ec-3", "opus", "Opus", "fLaC", "flac", "alac"];

    public bool IsAudioOnly => Height is null && Codecs is { Length: > 0 }
        && Codecs.Split(',').All(codec => AudioCodecs.Any(audio => codec.Trim().StartsWith(audio, StringComparison.Ordinal)));
}

/// <param name="Uri"><see langword="null"/> when the sound is in the variant's own segments.</param>
internal sealed record HlsRendition(string Group, string? Language, bool IsDefault, Uri? Uri);

/// <summary>The segments of one picture or sound, complete.</summary>
internal sealed record HlsMedia(IReadOnlyList<HlsSegment> Segments) : HlsPlaylist
{
    private const double RoundedBy = 0.5;

    /// <summary>The sum of its segments; whole seconds are rounded ones, as old playlists have.</summary>
    public ExpectedDuration Duration
    {
        get
        {
            var seconds = Segments.Sum(segment => segment.Seconds);
            var rounding = RoundedBy * Segments.Count(segment => double.IsInteger(segment.Seconds));
            return new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(Math.Max(1, seconds / 100) + rounding));
        }
    }
}

/// <param name="Sequence">Media sequence number; the initialisation vector where the key names none.</param>
/// <param name="StartsRun">What comes is not continuous with what was: a discontinuity or another initialisation.</param>
internal sealed record HlsSegment(
    Uri Uri, double Seconds, long Sequence, ByteRange? Range, HlsKey? Key, HlsMap? Map, bool StartsRun);

/// <summary>Of AES-128; the bytes are fetched from <paramref name="Uri"/>.</summary>
/// <param name="Iv">16 bytes; <see langword="null"/> for the sequence number.</param>
internal sealed record HlsKey(Uri Uri, byte[]? Iv);

/// <summary>Media initialisation: what the segments after it cannot be read without.</summary>
internal sealed record HlsMap(Uri Uri, ByteRange? Range, HlsKey? Key);
