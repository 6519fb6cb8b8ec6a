using AniWorld.Blazor.Library;
using AniWorld.Blazor.Policy;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace AniWorld.Blazor.Layout;

/// <summary>What the pages need, for each circuit its own.</summary>
internal static class PageRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddOptions<CircuitOptions>().Configure<IOptions<AniWorldOptions>>((circuits, options) =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(options.Value.Limits.PageSeconds);

            // A forgotten page is loaded anew, with what was typed (start.js). The framework would draw it afresh in its old document, with empty fields.
            circuits.PersistedCircuitInMemoryMaxRetained = 0;
        });
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
        services.AddScoped<Shortcuts>();
        services.AddScoped<PaletteEntries>();
        services.AddSingleton<SavedFilters>();
        services.AddScoped<EpisodeActions>();
        services.AddScoped<SeriesActions>();
        services.AddScoped<BulkActions>();
        return services;
    }
}
