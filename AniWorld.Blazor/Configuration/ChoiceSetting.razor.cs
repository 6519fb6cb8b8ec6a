using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>One of a few values.</summary>
public sealed partial class ChoiceSetting(ConfigService configuration) : SettingField<string?>(configuration)
{
    /// <summary>An empty value stands for none.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Value, string Name)> Choices { get; set; }

    private void Choose(string? value) => Set(string.IsNullOrEmpty(value) ? null : value);
}
