using AniWorld.Blazor.Calendar;
using AniWorld.Services.Progress;
using AniWorld.Services.Scheduling;
using AniWorld.Services.Statistics;

namespace AniWorld.Blazor.Dashboard;

/// <summary>All that the dashboard shows but the queue.</summary>
/// <param name="Series">In the library.</param>
/// <param name="Today">What came today, is expected, or is late.</param>
/// <param name="Next">The soonest that is expected after today; <see langword="null"/> for none.</param>
/// <param name="Sites">Those that are switched on.</param>
/// <param name="RestingHosters">How many are left alone for a while.</param>
/// <param name="Jobs">Those that run, then the soonest.</param>
/// <param name="Notices">Newest first.</param>
public sealed record DashboardFigures(
    int Series, int Missing, int Upgradable, IReadOnlyList<CalendarEntry> Today, CalendarEntry? Next, DiskOutlook Disk, IReadOnlyList<SiteState> Sites,
    int RestingHosters, IReadOnlyList<JobState> Jobs, IReadOnlyList<TimedNotice> Notices);

/// <param name="State">As the sources' texts name it.</param>
public sealed record SiteState(string Name, string State);
