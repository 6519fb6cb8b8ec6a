using AniWorld.Blazor.Policy;
using MudBlazor;
using MudBlazor.Services;

namespace AniWorld.Blazor.Layout;

/// <summary>What the pages need, for each circuit its own.</summary>
internal static class PageRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            options.SnackbarConfiguration.VisibleStateDuration = 5_000;
            options.SnackbarConfiguration.ShowTransitionDuration = 150;
            options.SnackbarConfiguration.HideTransitionDuration = 150;
            options.SnackbarConfiguration.MaxDisplayedSnackbars = 4;
            options.SnackbarConfiguration.PreventDuplicates = false;
        });
        services.AddScoped<LiveFeed>();
        services.AddScoped<UserActions>();
        services.AddSingleton<SavedFilters>();
        return services;
    }
}
