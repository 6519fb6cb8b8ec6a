using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>What is open and what is selected.</summary>
public sealed partial class SeriesPage
{
    /// <summary>Episodes up to which a look at the coverage opens every season.</summary>
    private const int FewEpisodes = 300;

    private readonly HashSet<int> _expanded = [];

    private void OpenWhereSomethingIsMissing()
    {
        if (IsCoverage && _board.Seasons.Sum(season => season.Episodes.Count) <= FewEpisodes)
        {
            _expanded.UnionWith(_board.Seasons.Select(season => season.Season));
        }
        else if (_board.Seasons is [var first, ..])
        {
            _expanded.Add((_board.Seasons.FirstOrDefault(season => season.Missing.Count > 0) ?? first).Season);
        }
    }

    /// <summary>What is selected in one view cannot be seen in the other.</summary>
    /// <param name="view">As the address names it.</param>
    private void ShowAs(string? view)
    {
        ClearSelection();
        View = view;
        OpenWhereSomethingIsMissing();
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("view", view), replace: true);
    }

    private void Expand(int season, bool open) => _ = open ? _expanded.Add(season) : _expanded.Remove(season);

    private void Toggle((EpisodeLine Line, bool Range) click) => _board.Toggle(click.Line, click.Range);

    private void Select((IReadOnlyList<EpisodeLine> Lines, bool Selected) choice) => _board.Select(choice.Lines, choice.Selected);

    private void Mark(CoverageGesture gesture) => _board.Coverage.Apply(gesture);

    private void ClearSelection()
    {
        _board.SelectOnly([]);
        _board.Coverage.Clear();
    }
}
