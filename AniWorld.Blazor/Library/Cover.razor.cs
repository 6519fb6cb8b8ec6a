using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>A series' cover, served from here; initials on a calm colour where there is none or it has not come yet.</summary>
public sealed partial class Cover : ComponentBase
{
    /// <summary>Of the series.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The series' key, or the id that a search gave; <see langword="null"/> when it has no cover.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Degrees on the colour wheel; the same for the same name, in every process.</summary>
    private int Hue => Name.Aggregate(17, (hash, c) => ((hash * 137) + (c * 47)) % 360);

    private string Initials => string.Concat(Name
        .Split([' ', '-', ':', '/', '(', '"', '„'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => char.IsLetterOrDigit(word[0]))
        .Take(2)
        .Select(word => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.CurrentCulture)));
}
