using System.Globalization;
using AniWorld.Blazor.Dashboard;
using AniWorld.Services.Disk;
using AniWorld.Services.Statistics;

namespace AniWorld.Blazor.Tests.Dashboard;

public sealed class DiskSentenceTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private readonly CultureInfo _before = CultureInfo.CurrentCulture;
    private readonly CultureInfo _beforeUi = CultureInfo.CurrentUICulture;

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_before, _beforeUi);

    [Theory]
    [InlineData("en", 0.0, "There is no room for further downloads.")]
    [InlineData("en", 10.4, "Full around December 2, at 2.0 GiB a day.")]
    [InlineData("en", 100.0, "Enough for 100 days, at 2.0 GiB a day.")]
    [InlineData("en", 1_000.0, "Enough for 2 years, at 2.0 GiB a day.")]
    [InlineData("en", 30_000.0, "Enough for more than 20 years.")]
    [InlineData("de", 10.4, "Etwa am 2. Dezember voll, bei 2,0 GiB am Tag.")]
    [InlineData("de", 100.0, "Reicht 100 Tage, bei 2,0 GiB am Tag.")]
    public void It_says_when_the_disk_is_full_or_how_long_it_lasts(string language, double days, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);

        Assert.Equal(expected, DiskSentence.Of(Outlook(2L << 30, TimeSpan.FromDays(days)), Today));
    }

    [Fact]
    public void It_says_when_too_little_is_known_when_nothing_comes_and_when_there_is_no_disk()
    {
        Assert.Equal(DashboardTexts.Of("DiskUnknown"), DiskSentence.Of(Outlook(null, null), Today));
        Assert.Equal(DashboardTexts.Of("DiskIdle"), DiskSentence.Of(Outlook(0, null), Today));
        Assert.Equal(DashboardTexts.Of("DiskGone"), DiskSentence.Of(new DiskOutlook("/x", null, 10, null), Today));
    }

    private static DiskOutlook Outlook(double? rate, TimeSpan? left) => new("/x", new DiskSpace(100, 50), rate, left);
}
