using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Dashboard;

/// <summary>A part of the dashboard. All of it leads to the page that says more; links within lead where they say.</summary>
public sealed partial class DashboardTile : ComponentBase
{
    /// <summary>Of the text that names it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required string Href { get; set; }

    /// <summary>A figure beside the title.</summary>
    [Parameter]
    public string? Figure { get; set; }

    /// <summary><c>wide</c>, <c>good</c>, <c>bad</c>.</summary>
    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
