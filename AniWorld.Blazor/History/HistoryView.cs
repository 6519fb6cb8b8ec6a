using AniWorld.Services.History;

namespace AniWorld.Blazor.History;

/// <summary>What the page shows, as its address keeps it.</summary>
/// <param name="Period">One of <see cref="Periods"/>.</param>
/// <param name="Page">From 1.</param>
public sealed record HistoryView(string? Kind, string? Key, string Period, string? Text, int Page)
{
    public const int PerPage = 50;
    public const string AnyTime = "any";

    public static HistoryView Everything { get; } = new(null, null, AnyTime, null, 1);

    public static IReadOnlyList<string> Periods { get; } = [AnyTime, "today", "week", "month", "year"];

    public bool IsFiltered => this with { Page = 1 } != Everything;

    /// <summary>Members of the address; <see langword="null"/> where the default holds.</summary>
    public IReadOnlyDictionary<string, object?> Address => new Dictionary<string, object?>
    {
        ["kind"] = Kind,
        ["key"] = Key,
        ["period"] = Period == AnyTime ? null : Period,
        ["q"] = Text,
        ["page"] = Page > 1 ? Page : null,
    };

    public static HistoryView Of(string? kind, string? key, string? period, string? text, int? page) => new(
        Given(kind), Given(key), Periods.FirstOrDefault(one => one == period) ?? AnyTime, Given(text)?.Trim(), Math.Max(1, page ?? 1));

    /// <param name="zone">Whose midnight today begins with.</param>
    public HistoryQuery Query(DateTimeOffset now, TimeZoneInfo zone) => new()
    {
        Kind = Kind,
        Key = Key,
        Text = Text,
        From = Period switch
        {
            "today" => StartOfDay(now, zone),
            "week" => now.AddDays(-7),
            "month" => now.AddDays(-30),
            "year" => now.AddDays(-365),
            _ => null,
        },
        Page = Page,
        PerPage = PerPage,
    };

    private static DateTimeOffset StartOfDay(DateTimeOffset now, TimeZoneInfo zone)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
