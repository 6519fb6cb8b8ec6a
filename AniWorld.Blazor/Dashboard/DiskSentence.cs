using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Statistics;

namespace AniWorld.Blazor.Dashboard;

/// <summary>How long the disk lasts, as far as it can be told.</summary>
internal static class DiskSentence
{
    /// <summary>Until then a day is named, later only how long.</summary>
    private const int NearDays = 60;

    private const int TwoYears = 730;
    private const int Ages = 20;

    /// <param name="today">By the reader's calendar.</param>
    public static string Of(DiskOutlook disk, DateOnly today) => disk switch
    {
        { Space: null } => DashboardTexts.Of("DiskGone"),
        { BytesPerDay: null } => DashboardTexts.Of("DiskUnknown"),
        { Left: null } => DashboardTexts.Of("DiskIdle"),
        { Left: var left, BytesPerDay: var rate } => Of(left.Value.TotalDays, Amount.Bytes(rate.Value), today),
    };

    private static string Of(double days, string rate, DateOnly today) => days switch
    {
        0 => DashboardTexts.Of("DiskFullNow"),
        < NearDays => DashboardTexts.Of("DiskFullOn", today.AddDays((int)days).ToString("M", CultureInfo.CurrentCulture), rate),
        < TwoYears => DashboardTexts.Of("DiskDays", (int)days, rate),
        < Ages * 365 => DashboardTexts.Of("DiskYears", (int)(days / 365), rate),
        _ => DashboardTexts.Of("DiskAges", Ages),
    };
}
