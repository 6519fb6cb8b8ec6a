namespace AniWorld.Services.Library;

/// <summary>What renaming a series' files by the naming templates would do.</summary>
/// <param name="Moves">In the order in which they can be done one after the other.</param>
/// <param name="Left">Files that would get another name but cannot.</param>
public sealed record RenamePlan(IReadOnlyList<RenameMove> Moves, IReadOnlyList<RenameLeft> Left)
{
    /// <summary>Puts wishes in an order in which each name is free when it is needed; what never gets free is left.</summary>
    /// <param name="isTaken">Whether there is something on disk.</param>
    internal static RenamePlan Of(IEnumerable<RenameMove> wishes, IEnumerable<RenameLeft> left, Func<string, bool> isTaken)
    {
        List<RenameMove> open = [.. wishes];
        List<RenameMove> moves = [];
        var freed = new HashSet<string>();
        var given = new HashSet<string>();
        while (open.Find(move => !given.Contains(move.To) && (freed.Contains(move.To) || !isTaken(move.To))) is { } next)
        {
            open.Remove(next);
            moves.Add(next);
            freed.Add(next.From);
            freed.Remove(next.To);
            given.Add(next.To);
        }

        return new RenamePlan(moves, [.. left, .. open.Select(move => new RenameLeft(move.From, move.To, RenameObstacle.NameTaken))]);
    }
}

/// <summary>Paths below the series' folder, with <c>/</c> between their parts.</summary>
public sealed record RenameMove(string From, string To);

/// <param name="Path">Below the series' folder.</param>
/// <param name="Wanted">What it would be called; <see langword="null"/> when that cannot be told.</param>
public sealed record RenameLeft(string Path, string? Wanted, RenameObstacle Obstacle);

public enum RenameObstacle
{
    /// <summary>Something else has the name.</summary>
    NameTaken,

    /// <summary>The templates have no form for several episodes in one file.</summary>
    SeveralEpisodes,

    /// <summary>The database has it, the disk does not; a scan will say so.</summary>
    NotThere,
}

public abstract record RenameResult
{
    /// <param name="Moves">What was renamed, videos and what lies beside them.</param>
    public sealed record Renamed(IReadOnlyList<RenameMove> Moves, IReadOnlyList<RenameLeft> Left) : RenameResult
    {
        /// <summary>How many of them are videos: the number that the plan had.</summary>
        public int Videos => Moves.Count(move => EpisodeFileName.VideoExtensions.Contains(Path.GetExtension(move.To).TrimStart('.')));
    }

    public sealed record UnknownSeries : RenameResult;

    /// <summary>A scan runs; names must not change under it.</summary>
    public sealed record ScanRuns : RenameResult;

    public sealed record NothingToDo : RenameResult;
}
