using AniWorld.Services.Library;
using MudBlazor;

namespace AniWorld.Blazor.Calendar;

/// <summary>What comes of one series on one day, in one state.</summary>
/// <param name="Episodes">In their order, at least one.</param>
/// <param name="State">As the texts name it.</param>
public sealed record CalendarEntry(DateOnly On, string Key, string Name, IReadOnlyList<CalendarEpisode> Episodes, string State)
{
    private const int Named = 3;

    public string Address => $"series/{Key}";

    public string StateName => CalendarTexts.Of($"State_{State}");

    /// <summary><c>S01E02</c>, <c>S01E02, S01E03</c>, <c>12 episodes</c>.</summary>
    public string What => Episodes.Count <= Named
        ? string.Join(", ", Episodes.Select(episode => Library.EpisodeLabel.Short(episode.Season, episode.Number)))
        : CalendarTexts.Count("Episodes", Episodes.Count);

    public string Icon => IconOf(State);

    public static string IconOf(string state) => state switch
    {
        nameof(CalendarState.Arrived) => Icons.Material.Outlined.CheckCircle,
        nameof(CalendarState.Offered) => Icons.Material.Outlined.CloudQueue,
        "Late" => Icons.Material.Outlined.HourglassBottom,
        _ => Icons.Material.Outlined.Schedule,
    };

    /// <summary>Episodes of one series, day and state are one entry: a season that was fetched at once does not fill the day.</summary>
    public static IReadOnlyList<CalendarEntry> Of(IEnumerable<CalendarEpisode> episodes, DateOnly today) =>
    [
        .. episodes.GroupBy(one => (one.On, one.Key, one.Name, one.State)).Select(group => new CalendarEntry(
            group.Key.On, group.Key.Key, group.Key.Name, [.. group],
            group.Key.State is CalendarState.Expected && group.Key.On < today ? "Late" : group.Key.State.ToString())),
    ];
}
