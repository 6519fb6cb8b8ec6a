namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>A playlist of RFC 8216.</summary>
internal abstract record HlsPlaylist;

/// <summary>The choice between pictures of different size, with their sound and subtitles.</summary>
internal sealed record HlsMaster(IReadOnlyList<HlsVariant> Variants, IReadOnlyList<HlsRendition> Renditions) : HlsPlaylist
{
    /// <summary>The best variant within <paramref name="maxHeight"/> that all players can show; when all are higher, the lowest.</summary>
    public HlsVariant Choose(int? maxHeight)
    {
        var all = Best(Variants, variant => !variant.IsAudioOnly && !variant.IsDolbyVision, variant => !variant.IsAudioOnly, _ => true);
        var within = all.Where(variant => maxHeight is null || variant.Height is null || variant.Height <= maxHeight).ToList();
        return within.Count > 0
            ? within.OrderByDescending(variant => variant.Height ?? 0).ThenByDescending(variant => variant.Bandwidth).First()
            : all.OrderBy(variant => variant.Height).ThenByDescending(variant => variant.Bandwidth).First();
    }

    /// <summary>The sound that goes with a variant when it has a playlist of its own; <see langword="null"/> when it is in the picture's.</summary>
    /// <param name="language">Wanted, as BCP 47; <see langword="null"/> for the default one.</param>
    public HlsRendition? AudioOf(HlsVariant variant, string? language)
    {
        var group = Group(RenditionKind.Audio, variant.AudioGroup).OrderBy(audio => audio.IsDescription).ThenByDescending(audio => audio.IsDefault).ToList();
        var chosen = group.Find(audio => language is not null && LanguageTag.Same(audio.Language, language)) ?? group.FirstOrDefault();
        return chosen?.Uri is null ? null : chosen;
    }

    /// <summary>The subtitles of a variant that are wanted.</summary>
    public IEnumerable<HlsRendition> SubtitlesOf(HlsVariant variant, TrackWish wish) =>
        Group(RenditionKind.Subtitles, variant.SubtitlesGroup).Where(subtitles => subtitles.Uri is not null && wish.WantsSubtitles(subtitles));

    private IEnumerable<HlsRendition> Group(RenditionKind kind, string? name) =>
        Renditions.Where(rendition => name is not null && rendition.Kind == kind && rendition.Group == name);

    /// <summary>Those that meet the first condition that any meets.</summary>
    private static List<HlsVariant> Best(IReadOnlyList<HlsVariant> variants, params Func<HlsVariant, bool>[] conditions) =>
        conditions.Select(condition => variants.Where(condition).ToList()).First(found => found.Count > 0);
}

/// <param name="Height">In pixels; <see langword="null"/> when not told.</param>
internal sealed record HlsVariant(Uri Uri, long Bandwidth, int? Height, string? Codecs, string? AudioGroup, string? SubtitlesGroup)
{
    private static readonly string[] AudioCodecs = ["mp4a", "ac-3", "ec-3", "opus", "Opus", "fLaC", "flac", "alac"];

    public bool IsAudioOnly => Height is null && AllCodecs.Any() && AllCodecs.All(IsAudio);

    /// <summary>Whether it says that there is sound, in it or apart.</summary>
    public bool HasSound => AudioGroup is not null || AllCodecs.Any(IsAudio);

    /// <summary>In a form that players without it show in false colours.</summary>
    public bool IsDolbyVision => AllCodecs.Any(codec => codec.StartsWith("dvh", StringComparison.Ordinal));

    private IEnumerable<string> AllCodecs => (Codecs ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsAudio(string codec) => AudioCodecs.Any(audio => codec.StartsWith(audio, StringComparison.Ordinal));
}

internal enum RenditionKind
{
    Audio,
    Subtitles,
}

/// <param name="Uri"><see langword="null"/> when it is in the variant's own segments.</param>
internal sealed record HlsRendition(RenditionKind Kind, string Group, Uri? Uri)
{
    /// <summary>As the playlist writes it, mostly BCP 47.</summary>
    public string? Language { get; init; }

    public bool IsDefault { get; init; }

    /// <summary>Shown whether or not subtitles are: signs, other languages.</summary>
    public bool IsForced { get; init; }

    /// <summary>Sound that tells what is to be seen.</summary>
    public bool IsDescription { get; init; }
}

/// <summary>The segments of one picture or sound, complete.</summary>
internal sealed record HlsMedia(IReadOnlyList<HlsSegment> Segments) : HlsPlaylist
{
    private const double RoundedBy = 0.5;

    /// <summary>A quarter of a percent: 3.6 s of 24 min.</summary>
    private const double Drift = 0.0025;

    /// <summary>Whether time goes on evenly from the first segment to the last.</summary>
    public bool IsOneRun => !Segments.Any(segment => segment.StartsRun);

    /// <summary>Whether it begins anew midway in a form that players do not follow: fragments with another initialisation.</summary>
    public bool HasSeveralInitialisations => Segments.Any(segment => segment is { StartsRun: true, Map: not null });

    /// <summary>The sum of its segments; whole seconds are rounded ones, as old playlists have.</summary>
    public ExpectedDuration Duration
    {
        get
        {
            var seconds = Segments.Sum(segment => segment.Seconds);
            var rounding = RoundedBy * Segments.Count(segment => double.IsInteger(segment.Seconds));
            return new(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(Math.Max(1, seconds * Drift) + rounding));
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
