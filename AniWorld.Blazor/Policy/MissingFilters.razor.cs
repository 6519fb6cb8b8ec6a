using AniWorld.Services.Policy;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Policy;

/// <summary>Which of the episodes are shown.</summary>
public sealed partial class MissingFilters : ComponentBase
{
    [Parameter, EditorRequired]
    public required MissingView View { get; set; }

    [Parameter, EditorRequired]
    public required MissingChoices Choices { get; set; }

    /// <summary>Of the one series that is shown; <see langword="null"/> when all are.</summary>
    [Parameter]
    public string? SeriesName { get; set; }

    [Parameter]
    public EventCallback<MissingView> OnChange { get; set; }

    private MissingQuery Query => View.Query;

    private Task ChangeAsync(Func<MissingRequest, MissingRequest> change) => OnChange.InvokeAsync(View.With(change));

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static string NameOf(MissingKind kind) => kind is MissingKind.SetAside ? "set_aside" : kind.ToString().ToLowerInvariant();

    private static string SeasonName(int? season) => season is { } number ? MissingTexts.Season(number) : MissingTexts.Text("any_season");
}

/// <summary>How long an episode could have been had, in days.</summary>
public sealed record MissingAge(string Text, int? Least, int? Most)
{
    public static IReadOnlyList<MissingAge> All { get; } =
        [new("any_age", null, null), new("age_7", null, 7), new("age_30", null, 30), new("age_over_30", 30, null), new("age_over_365", 365, null)];

    public string Name => MissingTexts.Text(Text);

    /// <summary>Any age for spans that only an address can ask for.</summary>
    public static MissingAge Of(MissingQuery query) =>
        All.FirstOrDefault(age => age.Least == query.MinAgeDays && age.Most == query.MaxAgeDays) ?? All[0];
}
