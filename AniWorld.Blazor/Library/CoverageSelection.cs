namespace AniWorld.Blazor.Library;

/// <summary>Which cells of a series' coverage are selected. Only the lines that changed are drawn again.</summary>
public sealed class CoverageSelection
{
    private HashSet<CoverageCell> _cells = [];

    /// <summary>Without the last range.</summary>
    private HashSet<CoverageCell> _before = [];

    /// <summary>In the order of the page.</summary>
    public IReadOnlyList<CoverageCell> Cells =>
    [
        .. _cells.OrderBy(cell => cell.Line.Episode.Season == 0).ThenBy(cell => cell.Line.Episode.Season).ThenBy(cell => cell.Line.Episode.Number),
    ];

    public bool IsEmpty => _cells.Count == 0;

    public void Apply(CoverageGesture gesture)
    {
        HashSet<CoverageCell> now = gesture.Mark switch
        {
            CoverageMark.Only => [.. gesture.Cells],
            CoverageMark.Also => [.. _cells, .. gesture.Cells],
            CoverageMark.Extend => [.. _before, .. gesture.Cells],
            CoverageMark.Flip => [.. _cells.Except(gesture.Cells), .. gesture.Cells.Except(_cells)],
            _ => [],
        };
        _before = gesture.Mark switch
        {
            CoverageMark.Only or CoverageMark.Clear => [],
            CoverageMark.Extend => _before,
            _ => [.. now],
        };
        Become(now);
    }

    public void Clear() => Apply(new CoverageGesture(CoverageMark.Clear, []));

    /// <summary>Forgets cells of episodes that are no longer listed.</summary>
    public void KeepOnly(IReadOnlySet<EpisodeLine> lines)
    {
        _cells.RemoveWhere(cell => !lines.Contains(cell.Line));
        _before.RemoveWhere(cell => !lines.Contains(cell.Line));
    }

    private void Become(HashSet<CoverageCell> now)
    {
        var changed = _cells.Except(now).Concat(now.Except(_cells)).ToList();
        _cells = now;
        foreach (var cell in changed)
        {
            cell.Line.Mark(cell.Language, now.Contains(cell));
        }

        foreach (var line in changed.Select(cell => cell.Line).Distinct())
        {
            line.Redraw();
        }
    }
}
