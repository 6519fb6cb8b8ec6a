using AniWorld.Data.Library;

namespace AniWorld.Services.Policy;

/// <summary>Which episodes a list over the whole library is of.</summary>
public enum MissingKind
{
    /// <summary>Offered in a wanted language, no file, monitored, neither ignored nor removed by the user.</summary>
    Missing,

    /// <summary>On disk, and offered in a language that the profile prefers to those on disk.</summary>
    Upgradable,

    /// <summary>Not on disk, and ignored or removed by the user.</summary>
    SetAside,
}

/// <summary>Which of them to list.</summary>
public sealed record MissingQuery
{
    public MissingKind Kind { get; init; }

    /// <summary>Part of the series' name, in any case.</summary>
    public string? Filter { get; init; }

    /// <summary>Only of this series.</summary>
    public string? Key { get; init; }

    /// <summary>0 for films and specials.</summary>
    public int? Season { get; init; }

    /// <summary>Only those that would be fetched in this language.</summary>
    public Language? Language { get; init; }

    /// <summary>Only those with this <see cref="DecisionCode"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those that could have been had for as many days at least.</summary>
    public int? MinAgeDays { get; init; }

    /// <summary>Only those that could have been had for as many days at most.</summary>
    public int? MaxAgeDays { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary><see langword="null"/> for all.</summary>
    public int? PerPage { get; init; }
}
