using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Configuration;

/// <summary>A line of text.</summary>
public sealed partial class TextSetting(ConfigService configuration) : SettingField<string?>(configuration)
{
    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>Whether an empty line means that there is no value.</summary>
    [Parameter]
    public bool Optional { get; set; }

    /// <summary>Whether a value counts only once the field is left, because half of it would mean something else.</summary>
    [Parameter]
    public bool Late { get; set; }

    [Parameter]
    public InputType InputType { get; set; } = InputType.Text;

    private string? Normal(string? text) => Optional && string.IsNullOrWhiteSpace(text) ? null : text ?? "";
}
