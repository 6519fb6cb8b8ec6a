using AniWorld.Services.History;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.History;

/// <summary>Which events are shown.</summary>
public sealed partial class HistoryFilters : ComponentBase
{
    [Parameter, EditorRequired]
    public required HistoryView View { get; set; }

    /// <summary>Those that there are.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Kinds { get; set; }

    /// <summary>Of the one series that is shown.</summary>
    [Parameter]
    public string? SeriesName { get; set; }

    [Parameter]
    public EventCallback<HistoryView> OnChange { get; set; }

    /// <summary>Each topic before its kinds, and what the address asks for even if there is nothing of it.</summary>
    private IEnumerable<(string Value, string Name)> Choices => Kinds.Append(View.Kind).OfType<string>().Where(kind => kind.Contains('.')).Distinct()
        .GroupBy(HistoryKinds.TopicOf)
        .SelectMany(topic => topic.Count() > 1 && HistoryTexts.Topic(topic.Key) is { } all
            ? topic.Select(Named).Prepend((topic.Key, all))
            : topic.Select(Named));

    private Task ChangeAsync(HistoryView view) => OnChange.InvokeAsync(view with { Page = 1 });

    private static (string, string) Named(string kind) => (kind, HistoryTexts.Kind(kind));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
