using System.Globalization;
using AniWorld.Services.Library;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Library;

/// <summary>A series' cover, served from here; initials on a calm colour where there is none or it has not come yet.</summary>
public sealed partial class Cover : ComponentBase
{
    /// <summary>Whose cover it is; <see cref="Name"/> is enough when it is not in the library.</summary>
    [Parameter]
    public SeriesSummary? Series { get; set; }

    [Parameter]
    public string? Name { get; set; }

    private string Title => Series?.Name ?? Name ?? "";

    private string? Address => Series is { HasCover: true } ? $"api/covers/{Series.Key}" : null;

    /// <summary>Degrees on the colour wheel; the same for the same name, in every process.</summary>
    private int Hue => Title.Aggregate(17, (hash, c) => ((hash * 137) + (c * 47)) % 360);

    private string Initials => string.Concat(Title
        .Split([' ', '-', ':', '/', '(', '"', '„'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => char.IsLetterOrDigit(word[0]))
        .Take(2)
        .Select(word => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.CurrentCulture)));
}
