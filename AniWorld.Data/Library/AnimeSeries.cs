namespace AniWorld.Data.Library;

/// <summary>A series that the library is to hold. Looked up by <see cref="Key"/>, which is unique among rows not deleted.</summary>
public sealed class AnimeSeries : ITimestamped, ISoftDeletable
{
    public long Id { get; set; }

    /// <summary>The provider's URL-safe identifier, <c>^[a-z0-9]+(-[a-z0-9]+)*$</c>, at most 255 characters.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }

    /// <summary>Host of the catalogue it comes from, for display, such as <c>aniworld.to</c>.</summary>
    public required string Site { get; set; }

    /// <summary>One folder name below the library root. Display and file-system metadata, never looked up by.</summary>
    public required string Folder { get; set; }

    /// <summary>Absolute address of the series page.</summary>
    public required string Link { get; set; }

    /// <summary>Name of the provider, such as <c>aniworld</c>.</summary>
    public required string Provider { get; set; }

    public int? Year { get; set; }

    public string? Description { get; set; }

    /// <summary>Absolute address of the cover at the source; served to pages from <c>/api/covers</c> only.</summary>
    public string? CoverUrl { get; set; }

    /// <summary>Absolute address of a wide picture at the source, for <c>fanart.jpg</c>; <see langword="null"/> where it shows none.</summary>
    public string? BackdropUrl { get; set; }

    public bool Monitored { get; set; } = true;

    /// <summary>Name of a language profile; <see langword="null"/> is the configured default.</summary>
    public string? LanguageProfile { get; set; }

    /// <summary>Whether missing episodes are fetched after a scan; <see langword="null"/> follows the global setting.</summary>
    public bool? AutoDownload { get; set; }

    /// <summary>When the catalogue was last read with success.</summary>
    public DateTimeOffset? RefreshedAt { get; set; }

    /// <summary>Hours between two looks at the catalogue, as the user wants them; <see langword="null"/> leaves them to what was learnt.</summary>
    public int? RefreshHours { get; set; }

    /// <summary>When the catalogue is looked at next; <see langword="null"/> as soon as may be.</summary>
    public DateTimeOffset? NextRefreshAt { get; set; }

    /// <summary>Why then, such as <c>airing</c> or <c>dormant</c>; <see langword="null"/> before the first time.</summary>
    public string? RefreshReason { get; set; }

    /// <summary>Looks in a row that brought nothing, for a reason of this series alone.</summary>
    public int RefreshFailures { get; set; }

    /// <summary>Checksum of what the catalogue last said; the same again means that nothing has changed.</summary>
    public string? CatalogueStamp { get; set; }

    /// <summary>When the folder was last read with success.</summary>
    public DateTimeOffset? ScannedAt { get; set; }

    public List<Episode> Episodes { get; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}
