using AniWorld.Data.Library;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Which sound and subtitles are taken for a language that an episode is wanted in.</summary>
internal sealed class TrackWish(Language language)
{
    private const string Original = "ja";

    private readonly bool _isAny = language == Language.Unknown;
    private readonly string _spoken = language.Code.EndsWith("-sub", StringComparison.Ordinal) ? Original : language.Code.Split('-')[0];

    /// <summary>As BCP 47; <see langword="null"/> for the default of the stream.</summary>
    public string? Audio => _isAny ? null : _spoken;

    /// <summary>What is read; <see langword="null"/> when it is not for the subtitles that the episode is wanted.</summary>
    public string? Subtitles => language.Code.EndsWith("-sub", StringComparison.Ordinal) ? language.Code.Split('-')[0] : null;

    /// <summary>Those that are read; with a spoken language those that belong to it anyway; all when nothing is known.</summary>
    public bool WantsSubtitles(HlsRendition rendition) =>
        _isAny || (Subtitles is { } read
            ? !rendition.IsForced && LanguageTag.Same(rendition.Language, read)
            : rendition.IsForced && LanguageTag.Same(rendition.Language, _spoken));
}
