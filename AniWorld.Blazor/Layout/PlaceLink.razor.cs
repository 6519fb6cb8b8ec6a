using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>One entry of the navigation.</summary>
public sealed partial class PlaceLink : ComponentBase
{
    [Parameter, EditorRequired]
    public required Place Place { get; set; }

    [Parameter]
    public string? Class { get; set; }

    private string Look => $"nav-item {(Place.IsInBar ? null : "nav-more")} {Class}";
}
