namespace AniWorld.Services.Downloads.Engine;

/// <summary>The names that one track's partial files have.</summary>
/// <param name="Part">The joined bytes, the resume point.</param>
/// <param name="Journal">What of <paramref name="Part"/> is there for certain.</param>
internal sealed record PartPaths(string Part, string Journal)
{
    /// <summary>Where a journal that cannot be read is put.</summary>
    public string SetAsideJournal => Journal + ".bad";

    /// <summary>The next journal, until it takes the present one's place.</summary>
    public string NextJournal => Journal + ".part";

    public IEnumerable<string> All => [Part, Journal, NextJournal, SetAsideJournal];

    public void Delete()
    {
        foreach (var path in All)
        {
            File.Delete(path);
        }
    }
}

/// <summary>The names around a target: never an extension replaced, since titles have dots.</summary>
/// <param name="Target">Absolute path without extension.</param>
internal sealed record TargetPaths(string Target)
{
    public static readonly IReadOnlyList<string> Extensions = ["mp4", "mkv", "webm", "ts", "m4v", "avi"];

    public string Folder { get; } = Path.GetDirectoryName(Target) ?? throw new ArgumentException("The target is a root folder.", nameof(Target));

    public PartPaths Video { get; } = new(Target + ".part", Target + ".part.json");

    /// <summary>Of a track that has the sound alone.</summary>
    public PartPaths Audio { get; } = new(Target + ".audio.part", Target + ".audio.part.json");

    /// <summary>What ffmpeg writes; made anew after a crash.</summary>
    public string Remux { get; } = Target + ".remux.part";

    /// <summary>Subtitles, until they get their name.</summary>
    public string UnfinishedSubtitles { get; } = Target + ".vtt.part";

    public string Subtitles(string suffix) => $"{Target}.{suffix}.vtt";

    /// <summary>What an earlier run has or holds room for; 0 when there was none.</summary>
    public long BytesTaken => new FileInfo(Video.Part) is { Exists: true, Length: var length } ? length : 0;

    public string Final(string extension) => $"{Target}.{extension}";

    public void DeletePartials()
    {
        Video.Delete();
        Audio.Delete();
        File.Delete(Remux);
        File.Delete(UnfinishedSubtitles);
    }
}
