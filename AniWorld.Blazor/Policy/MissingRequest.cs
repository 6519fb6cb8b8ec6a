using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Mvc;

namespace AniWorld.Blazor.Policy;

/// <summary>What an address asks of the list: the words that the page and the API have in common.</summary>
public sealed record MissingRequest
{
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "filter")]
    public string? Filter { get; init; }

    [FromQuery(Name = "key")]
    public string? Key { get; init; }

    [FromQuery(Name = "season")]
    public int? Season { get; init; }

    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    [FromQuery(Name = "reason")]
    public string? Reason { get; init; }

    [FromQuery(Name = "min_age_days")]
    public int? MinAgeDays { get; init; }

    [FromQuery(Name = "max_age_days")]
    public int? MaxAgeDays { get; init; }

    /// <summary>The name of the member that says nothing sensible, and why; <see langword="null"/> when all do.</summary>
    public (string Member, string Message)? Problem => this switch
    {
        _ when Kind is { } kind && !ContractJson.TryParse<MissingKind>(Plain(kind), out _) =>
            ("kind", $"'{kind}' is no such list; use missing, upgradable or set_aside."),
        { Season: < 0 } => ("season", "Seasons count from 1; 0 is films and specials."),
        _ when Language is { } language && !Data.Library.Language.TryParse(language, out _) =>
            ("language", $"'{language}' is not a language; use a code such as de-dub, en-sub or ja."),
        _ when Reason is { } reason && !DecisionCode.All.Contains(reason) =>
            ("reason", $"'{reason}' is no reason; use one of {string.Join(", ", DecisionCode.All)}."),
        { MinAgeDays: < 0 or > MostDays } => ("min_age_days", $"min_age_days is 0 to {MostDays}."),
        { MaxAgeDays: < 0 or > MostDays } => ("max_age_days", $"max_age_days is 0 to {MostDays}."),
        _ => null,
    };

    private const int MostDays = 36_500;

    /// <summary>What says nothing sensible is left out.</summary>
    public MissingQuery ToQuery() => new()
    {
        Kind = Kind is not null && ContractJson.TryParse<MissingKind>(Plain(Kind), out var kind) ? kind : MissingKind.Missing,
        Filter = Filter,
        Key = Key,
        Season = Season >= 0 ? Season : null,
        Language = Data.Library.Language.TryParse(Language, out var language) ? language : null,
        Reason = Reason is not null && DecisionCode.All.Contains(Reason) ? Reason : null,
        MinAgeDays = MinAgeDays is >= 0 and <= MostDays ? MinAgeDays : null,
        MaxAgeDays = MaxAgeDays is >= 0 and <= MostDays ? MaxAgeDays : null,
    };

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
