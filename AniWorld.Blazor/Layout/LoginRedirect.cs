using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Layout;

/// <summary>Leads to the log-in, and from there back to this page.</summary>
public sealed class LoginRedirect(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"login?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
