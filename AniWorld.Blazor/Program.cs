using AniWorld.Blazor.Auth;
using AniWorld.Blazor.Catalogue;
using AniWorld.Blazor.CommandLine;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Diagnosis;
using AniWorld.Blazor.Documentation;
using AniWorld.Blazor.Downloads;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Blazor.Policy;
using AniWorld.Blazor.Progress;
using AniWorld.Blazor.Repair;
using AniWorld.Blazor.Telemetry;
using AniWorld.Services.Configuration;
using Microsoft.AspNetCore.Connections;

namespace AniWorld.Blazor;

/// <summary>The executable: one Add… and one Map… line per feature.</summary>
public static class Program
{
    private const string DefaultAddress = "http://127.0.0.1:8000";

    public static Task<int> Main(string[] args) => Commands.RunAsync(args);

    /// <summary>Runs the server until it is told to stop.</summary>
    /// <returns>The process's exit code.</returns>
    internal static async Task<int> ServeAsync(string[] args)
    {
        try
        {
            while (!await RunAsync(args))
            {
                // Repaired; now it starts.
            }

            return 0;
        }
        catch (Exception e) when (e is StartException or InvalidConfigurationException or IOException { InnerException: AddressInUseException })
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was still starting.
            return 0;
        }
    }

    /// <returns>Whether it ran; otherwise its database was damaged and has been replaced by a backup.</returns>
    private static async Task<bool> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return true;
        }
        catch (DamagedStartException e)
        {
            return !await RepairHost.RunAsync(args, e.Message);
        }
    }

    /// <summary>The whole server, not started yet. Tests and commands start it on a port of their own.</summary>
    public static WebApplication Build(string[] args) => Build(args, HostUse.Server);

    /// <param name="taken">The data folder's lock, when the caller has it already; only the server takes it itself.</param>
    internal static WebApplication Build(string[] args, HostUse use, DataFolderLock? taken = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var data = DataFolderArguments.Read(builder.Configuration);
        taken ??= use == HostUse.Server ? DatabaseStart.Take(data) : null;
        if (taken is not null)
        {
            DatabaseStart.FinishRestore(data, ConfigChain.PlaceOfDatabase(builder.Configuration, data, args));
        }

        var chain = ConfigChain.Open(builder.Configuration, data, args);
        var place = chain.Current.Database.PlaceIn(data);
        var role = use == HostUse.Server ? NodeRoles.Read(builder.Configuration, place) : NodeRole.All;
        UseDefaultAddress(builder);

        // Also when started from its build folder; a published one has its assets beside it and ignores this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = chain.Current.Limits.ApiBodyBytes;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(chain.Current.Limits.ShutdownSeconds));
        builder.Services.AddHostServices(builder.Configuration, data, chain, use, taken, role);
        builder.Services.AddPageKeys(place, data);

        if (role.Serves())
        {
            builder.Services.AddCommandLineAccess();
        }

        builder.Services.AddMetricsEndpoint();
        builder.Services.AddTracing(builder.Configuration);
        builder.Services.AddHealth(role, chain.Current.Redis.NamesServer());
        builder.Services.AddContractJson();
        builder.Services.AddRequestRules();
        builder.Services.AddAnswerCompression();
        builder.Services.AddApiDocument();
        builder.Services.AddPages();
        builder.Services.AddSystemPages();
        builder.Services.AddWebAuth();

        var app = builder.Build();
        app.UseUrlBase();
        app.UseReaderLanguage();
        app.UseAnswerCompression();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseSecurityHeaders();
        app.UseCallers();
        app.UseNotFoundPage();
        app.UseStatusProblems();
        app.UseRouting();
        app.UseWebAuth();
        app.UseBodyLimit();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapMetrics();
        if (role.Serves())
        {
            MapAll(app);
        }

        return app;
    }

    /// <summary>What people and programs use, but for what tells how the server does.</summary>
    private static void MapAll(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().DisableHttpMetrics();
        app.MapProfileSchema();
        var api = app.MapGroup("").WithRequestRules();
        api.MapAuth();
        api.MapConfig();
        api.MapBackups();
        api.MapAnime();
        api.MapMissing();
        api.MapScans();
        api.MapCovers();
        api.MapCalendar();
        api.MapQueue();
        app.MapProgressSocket().DisableHttpMetrics();
        app.MapApiDocument();
        app.MapLogFiles();
        app.MapSupportBundle();
        app.MapPages();
    }

    internal static void UseDefaultAddress(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }
}
