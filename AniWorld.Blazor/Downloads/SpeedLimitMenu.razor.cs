using System.Globalization;
using System.Text.Json;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Downloads;

/// <summary>The speed limit of all downloads together, at hand while they run. Finer steps and hours are in the settings.</summary>
public sealed partial class SpeedLimitMenu(LimitService limits, ConfigService configuration, UserActions actions) : ComponentBase
{
    private const string Path = "downloads.speed_limit_mbps";

    private static readonly double[] Limits = [0, 1, 2, 5, 10, 25, 50];

    private bool _busy;

    private SpeedLimit Current => limits.Current;

    private double General => configuration.Current.Downloads.SpeedLimitMbps;

    internal static string Name(double limit) =>
        limit > 0 ? string.Create(CultureInfo.CurrentCulture, $"{limit:0.##} MiB/s") : QueueTexts.Of("LimitNone");

    private async Task SetAsync(double limit)
    {
        _busy = true;
        await actions.TryAsync(async () =>
        {
            var patch = JsonSerializer.SerializeToElement(new { downloads = new { speed_limit_mbps = limit } });
            if (await configuration.PutAsync(patch) is ConfigChange.Invalid invalid)
            {
                actions.Say(Said.Of(invalid.Problems[0]), Severity.Error);
            }
        });
        _busy = false;
    }
}
