namespace AniWorld.Blazor.Library;

/// <summary>Cells that were pointed at, and what that does to the selection.</summary>
public sealed record CoverageGesture(CoverageMark Mark, IReadOnlyList<CoverageCell> Cells);

public enum CoverageMark
{
    /// <summary>Selects these and nothing else.</summary>
    Only,

    /// <summary>Selects these, too.</summary>
    Also,

    /// <summary>Selects these instead of those of the last range.</summary>
    Extend,

    /// <summary>Selects what is not, and the other way round.</summary>
    Flip,

    /// <summary>Selects nothing.</summary>
    Clear,
}
