using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Policy;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Library;

/// <summary>An episode as its row shows it: what is known, how far its download is, whether it is selected.</summary>
public sealed class EpisodeLine(EpisodeView episode)
{
    private readonly HashSet<Language> _marked = [];

    /// <summary>Told when the row must be drawn again.</summary>
    public event Action? Changed;

    public EpisodeView Episode { get; private set; } = episode;

    /// <summary><see langword="null"/> while nothing of it is being downloaded.</summary>
    public DownloadProgressed? Progress { get; private set; }

    public bool IsSelected { get; private set; }

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    public EpisodeNumber Number => new(Episode.Season, Episode.Number);

    public string Name => EpisodeLabel.Short(Episode.Season, Episode.Number);

    public EpisodeState State => Episode switch
    {
        { QueueStatus: DownloadStatus.Pending } => EpisodeState.Queued,
        { QueueStatus: DownloadStatus.Paused } => EpisodeState.Paused,
        { QueueStatus: DownloadStatus.Resolving or DownloadStatus.Downloading or DownloadStatus.Processing } =>
            Progress?.Phase is DownloadPhase.Paused ? EpisodeState.Paused : EpisodeState.Running,
        { IsDownloaded: true } => Episode.Files.Any(file => file.Problem is not null) ? EpisodeState.Damaged : EpisodeState.OnDisk,
        { QueueStatus: DownloadStatus.Failed } => EpisodeState.Failed,
        { Ignored: true } => EpisodeState.Ignored,
        { RemovedByUser: true } => EpisodeState.Removed,
        { Decision.Code: DecisionCode.Waiting } => EpisodeState.Later,
        { Wanted: not null } => EpisodeState.Missing,
        { Available.Count: > 0 } => EpisodeState.Waiting,
        _ => EpisodeState.Announced,
    };

    /// <summary>Whether it is selected in this language in the coverage grid.</summary>
    public bool IsMarked(Language language) => _marked.Contains(language);

    public void Take(EpisodeView episode)
    {
        if (!SaysTheSame(Episode, episode))
        {
            Version++;
        }

        Episode = episode;
    }

    public void Take(DownloadProgressed? progress)
    {
        if (progress != Progress)
        {
            Progress = progress;
            Version++;
        }
    }

    public void Select(bool selected)
    {
        if (selected != IsSelected)
        {
            IsSelected = selected;
            Version++;
        }
    }

    public void Mark(Language language, bool marked)
    {
        _ = marked ? _marked.Add(language) : _marked.Remove(language);
        Version++;
    }

    public void Redraw() => Changed?.Invoke();

    /// <summary>Records compare their lists by reference; these are read anew each time.</summary>
    private static bool SaysTheSame(EpisodeView one, EpisodeView other) =>
        one == other with { Titles = one.Titles, Available = one.Available, Files = one.Files }
        && one.Available.SequenceEqual(other.Available)
        && one.Files.SequenceEqual(other.Files)
        && one.Titles.Count == other.Titles.Count
        && one.Titles.All(title => other.Titles.GetValueOrDefault(title.Key) == title.Value);
}
