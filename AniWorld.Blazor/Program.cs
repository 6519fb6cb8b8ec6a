using AniWorld.Blazor.Auth;
using AniWorld.Blazor.Catalogue;
using AniWorld.Blazor.CommandLine;
using AniWorld.Blazor.Configuration;
using AniWorld.Blazor.Documentation;
using AniWorld.Blazor.Downloads;
using AniWorld.Blazor.Health;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Library;
using AniWorld.Blazor.Policy;
using AniWorld.Blazor.Progress;
using AniWorld.Blazor.Repair;
using AniWorld.Blazor.Telemetry;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Backups;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Import;
using AniWorld.Services.Library;
using AniWorld.Services.Notifications;
using AniWorld.Services.Outbound;
using AniWorld.Services.Progress;
using AniWorld.Services.Streaming;
using AniWorld.Services.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;

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
            DatabaseStart.FinishRestore(data);
        }

        var chain = ConfigChain.Open(builder.Configuration, data, args);
        UseDefaultAddress(builder);

        // Also when started from its build folder; a published one has its assets beside it and ignores this.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = chain.Current.Limits.ApiBodyBytes;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(chain.Current.Limits.ShutdownSeconds));
        builder.Services.AddLogging(builder.Configuration, data, console: use == HostUse.Server);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => taken!);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddConfiguration(chain);
        builder.Services.AddSqliteDatabase(data.Database, TimeSpan.FromSeconds(chain.Current.Limits.DatabaseBusySeconds));
        builder.Services.AddHostedService<DatabaseStart>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(data.Keys));

        builder.Services.AddProgress();
        builder.Services.AddOutbound();
        builder.Services.AddCatalogue();
        builder.Services.AddStreaming();
        builder.Services.AddEngine();
        builder.Services.AddLibrary();
        builder.Services.AddDownloads();
        builder.Services.AddSeries();
        builder.Services.AddBackups();
        builder.Services.AddNotifications();
        builder.Services.AddWork(use);
        builder.Services.AddCommandLineAccess();
        builder.Services.AddImport();
        builder.Services.AddDiagnosis();
        builder.Services.AddMeasurements();
        builder.Services.AddMetricsEndpoint();
        builder.Services.AddTracing(builder.Configuration);
        builder.Services.AddHealth();
        builder.Services.AddContractJson();
        builder.Services.AddRequestRules();
        builder.Services.AddAnswerCompression();
        builder.Services.AddApiDocument();
        builder.Services.AddPages();
        builder.Services.AddWebAuth();

        var app = builder.Build();
        app.UseUrlBase();
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
        app.MapStaticAssets().AllowAnonymous().DisableHttpMetrics();
        app.MapHealth();
        app.MapMetrics();
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
        app.MapPages();
        return app;
    }

    internal static void UseDefaultAddress(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }
}
