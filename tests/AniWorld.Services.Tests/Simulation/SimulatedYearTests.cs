using AniWorld.Data.Downloads;
using AniWorld.Data.Library;
using AniWorld.Services.Faults;
using AniWorld.Services.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Simulation;

public sealed class SimulatedYearTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>200 series air weekly, dubs lag by weeks, the site breaks for a week, and the machine is off for three days.</summary>
    [Fact]
    public async Task After_a_year_the_library_is_what_the_profiles_ask_for()
    {
        await using var year = new SimulatedYear();
        await year.StartAsync(Token);
        await year.AddSeriesAsync(Token);
        var added = year.Site.RequestsByDay.Values.Sum();
        await year.RunUntilAsync(SimulatedSite.Begin.AddDays(58), Token);
        var firstDays = year.Site.RequestsByDay;

        await year.StopAsync(Token);
        year.Time.Advance(TimeSpan.FromDays(3));
        var runs = year.Ran.Count;
        await year.StartAsync(Token);

        var missed = year.Ran.Skip(runs).Select(run => run.Job).ToList();
        Assert.Equal(missed.Distinct(), missed);
        Assert.Superset(new HashSet<string> { JobNames.CatalogueRefresh, JobNames.GapFill, JobNames.CleanUp, JobNames.LibraryRescan }, missed.ToHashSet());
        await year.RunUntilAsync(SimulatedSite.Begin.AddDays(365), Token);

        await IsCompleteAsync(year);
        Assert.Equal(year.Fetched.Distinct().Count(), year.Fetched.Count);
        var numbers = Enumerable.Range(0, SimulatedSite.Series).ToList();
        var wanted = numbers.Count(number => !SimulatedYear.IsDubOnly(number) || SimulatedSite.HasDub(number)) * SimulatedSite.EpisodesEach;
        // Who takes either language has the subtitled one first, and the dub takes its place when it comes.
        var upgraded = numbers.Count(number => !SimulatedYear.IsDubOnly(number) && SimulatedSite.HasDub(number)) * SimulatedSite.EpisodesEach;
        // Where the dub was there before anybody looked, it alone is fetched.
        Assert.InRange(year.Fetched.Count, wanted + (upgraded * 9 / 10), wanted + upgraded);
        var onDisk = Directory.EnumerateFiles(year.Library, "*.mp4", SearchOption.AllDirectories);
        Assert.Equal(wanted, onDisk.Count(path => !path.Contains("/.aniworld/", StringComparison.Ordinal)));

        // The first day is the user's, who adds 200 series.
        var days = firstDays.Concat(year.Site.RequestsByDay).ToList();
        Assert.All(days.Where(day => day.Key > DateOnly.FromDateTime(SimulatedSite.Begin.UtcDateTime)), day => Assert.InRange(day.Value, 0, SimulatedYear.RequestsPerDay));
        Assert.InRange(year.Site.InVain, 1, 200);
        Assert.Equal(["warning", "info"], year.Notices.Select(notice => notice.Level));
        Assert.Equal(FaultCode.ProviderChanged, year.Notices[0].Code);
        Assert.Contains("h1.title", year.Notices[0].Message, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage(
            "{0} requests in the year ({1} of them to add the series), at most {2} a day, {3} in vain; {4} episodes fetched; {5} runs of jobs.",
            days.Sum(day => day.Value), added, days.Max(day => day.Value), year.Site.InVain, year.Fetched.Count, year.Ran.Count);
    }

    /// <summary>Each episode that the source has in a language of its series' profile is there once, and nothing is left in the queue.</summary>
    private static async Task IsCompleteAsync(SimulatedYear year)
    {
        await using var database = year.Database();
        var episodes = await database.Episodes.Include(e => e.Series).Include(e => e.Files).ToListAsync(Token);
        Assert.Equal(SimulatedSite.Series * SimulatedSite.EpisodesEach, episodes.Count);
        Assert.All(episodes, episode =>
        {
            var number = int.Parse(episode.Series.Key.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture);
            var best = SimulatedSite.HasDub(number) ? Language.DeDub : Language.DeSub;
            IEnumerable<Language> expected = SimulatedYear.IsDubOnly(number) && best != Language.DeDub ? [] : [best];
            Assert.Equal(expected, episode.Files.Select(file => file.Language));
        });
        Assert.False(await database.Downloads.AnyAsync(item => item.Status != DownloadStatus.Completed, Token));
        Assert.All(await database.Series.ToListAsync(Token), series => Assert.NotNull(series.RefreshReason));
    }
}
