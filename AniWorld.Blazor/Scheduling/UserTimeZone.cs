using Microsoft.JSInterop;

namespace AniWorld.Blazor.Scheduling;

/// <summary>The time zone that the browser shows its times in.</summary>
internal static class UserTimeZone
{
    /// <returns><see langword="null"/> when the browser does not say, or names one that this machine does not know.</returns>
    public static async Task<TimeZoneInfo?> AskAsync(IJSRuntime browser)
    {
        try
        {
            return await browser.InvokeAsync<string?>("aniworldPage.timeZone") is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
                ? zone
                : null;
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or TaskCanceledException)
        {
            return null;
        }
    }
}
