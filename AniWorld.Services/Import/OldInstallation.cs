using System.Text.Json.Nodes;
using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Library;

namespace AniWorld.Services.Import;

/// <summary>What was found in an older installation, in bounds but not yet compared with what is here.</summary>
internal sealed class OldInstallation(string root)
{
    /// <summary>Absolute.</summary>
    public string Root { get; } = root;

    /// <summary>Whether anything was found at all.</summary>
    public bool IsThere { get; set; }

    /// <summary>The content of <c>config.json</c>; <see langword="null"/> when there is none that can be read.</summary>
    public JsonObject? Configuration { get; set; }

    /// <summary>By key.</summary>
    public Dictionary<string, OldSeries> Series { get; } = [];

    public List<OldDownload> Downloads { get; } = [];

    public List<Sentence> Remarks { get; } = [];
}

/// <summary>A series as the old installation has it; only the key is known to be one.</summary>
internal sealed record OldSeries(string Key)
{
    public string? Name { get; init; }

    public string? Site { get; init; }

    public string? Folder { get; init; }

    public string? Link { get; init; }

    public int? Year { get; init; }

    public string? Description { get; init; }

    public string? Cover { get; init; }

    public bool Monitored { get; init; } = true;

    public bool? AutoDownload { get; init; }

    public Dictionary<EpisodeNumber, OldEpisode> Episodes { get; } = [];
}

internal sealed record OldEpisode(IReadOnlyDictionary<string, string> Titles, bool Ignored)
{
    public static OldEpisode Untitled { get; } = new(new Dictionary<string, string>(), Ignored: false);
}

internal sealed record OldDownload(string Key, EpisodeNumber Number, DownloadStatus Status, DownloadPriority Priority)
{
    public string? Title { get; init; }

    public string? Error { get; init; }

    public Language? Language { get; init; }

    public DateTimeOffset? At { get; init; }
}
