using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>A number, whole or not.</summary>
public sealed partial class NumberSetting(ConfigService configuration) : SettingField<double?>(configuration)
{
    [Parameter]
    public double Min { get; set; }

    [Parameter]
    public double Max { get; set; } = double.MaxValue;

    [Parameter]
    public double Step { get; set; } = 1;

    // Whole numbers are written as such: 3 and not 3.0.
    private void SetNumber(double? value)
    {
        if (value is { } number && number == Math.Floor(number) && Math.Abs(number) < int.MaxValue)
        {
            Draft.Set(Path, (int)number);
        }
        else
        {
            Set(value);
        }
    }
}
