namespace AniWorld.Services.Library;

/// <summary>A folder directly below the library's root, with all videos in it at any depth.</summary>
/// <param name="Path">Its name; empty for videos that lie loose in the root.</param>
/// <param name="Files">In order of their paths; empty when there is no video in it.</param>
/// <param name="Warnings">What could not be read.</param>
/// <param name="Complete">
/// Whether everything in it was seen. If not (no permission, a link not followed), a file that is not listed may well exist and
/// must not be taken for missing.
/// </param>
/// <param name="Guess">Which series it is probably for, going by its name.</param>
/// <param name="Sidecar">Which series AniWorld once made it for; <see langword="null"/> when it has no sidecar, or none that was read.</param>
public sealed record ScannedFolder(
    string Path, IReadOnlyList<ScannedFile> Files, IReadOnlyList<Sentence> Warnings, bool Complete, FolderGuess Guess, SeriesSidecar? Sidecar)
{
    public string GuessedName => Guess.Name;

    public int? GuessedYear => Guess.Year;

    /// <summary>Bytes of all files together.</summary>
    public long Size { get; } = Files.Sum(file => file.Size);
}

/// <summary>A video in the library.</summary>
/// <param name="RelativePath">Below the library's root, with <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
/// <param name="SeriesName">What its series is probably called, to read <see cref="Name"/> by.</param>
public sealed record ScannedFile(string RelativePath, long Size, DateTimeOffset ModifiedAt, string? SeriesName = null)
{
    /// <summary>Below its folder in the root.</summary>
    public string PathInFolder => RelativePath[(RelativePath.IndexOf('/') + 1)..];

    /// <summary>What its name says; <see langword="null"/> when that names no episode. Read anew each time: most files are known and never asked.</summary>
    public EpisodeFileName? Name => EpisodeFileName.Parse(PathInFolder, SeriesName);
}

/// <summary>How far a walk is.</summary>
/// <param name="Current">Folders read so far, of <paramref name="Total"/>.</param>
/// <param name="Folder">The one just read; empty for the root itself.</param>
public sealed record WalkProgress(int Current, int Total, string Folder);
