using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Catalogue;

/// <summary>One series that a search found.</summary>
public sealed partial class FoundRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required FoundSeries Found { get; set; }

    [Parameter]
    public EventCallback OnAdd { get; set; }

    private SearchHit Hit => Found.Hit;
}
