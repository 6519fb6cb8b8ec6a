using System.Text.RegularExpressions;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using AniWorld.Services.History;

namespace AniWorld.Blazor.History;

/// <summary>Tells of an event in a plain sentence.</summary>
internal static partial class HistorySentence
{
    public static string Of(HistoryLine line) => HistoryTexts.Told(line.Event.Kind) is { } told
        ? Name().Replace(told, name => Value(line, name.Groups[1].Value))
        : $"{HistoryTexts.Kind(line.Event.Kind)} {line.SeriesName}".TrimEnd();

    /// <summary>What there is to know besides: the file, or why it failed. <see langword="null"/> for nothing.</summary>
    public static string? MoreOf(HistoryLine line)
    {
        var details = line.Event.Details;
        return details.TryGetValue("error", out var error) ? FaultTexts.Of(error)
            : details.GetValueOrDefault("path") ?? details.GetValueOrDefault("folder");
    }

    private static string Value(HistoryLine line, string name) => name switch
    {
        "series" => line.SeriesName ?? line.Event.SeriesKey ?? HistoryTexts.Of("NobodyKnows"),
        "episode" => line.Event is { Season: { } season, Number: { } number } ? EpisodeLabel.Short(season, number) : "",
        "language" => Language.TryParse(Detail(line, "language"), out var language) ? LanguageName.Long(language) : Detail(line, "language"),
        "hoster" => Detail(line, "hoster") is { Length: > 0 } hoster ? hoster : HistoryTexts.Of("UnknownHoster"),
        "address" => Detail(line, "address") is { Length: > 0 } address ? address : HistoryTexts.Of("UnknownAddress"),
        "series_count" => Detail(line, "series"),
        _ => Detail(line, name),
    };

    private static string Detail(HistoryLine line, string name) => line.Event.Details.GetValueOrDefault(name) ?? "";

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Name();
}
