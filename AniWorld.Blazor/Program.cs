using AniWorld.Data.Sqlite;
using AniWorld.Services.Configuration;
using MudBlazor.Services;
using Serilog;
using Serilog.Formatting.Compact;

namespace AniWorld.Blazor;

/// <summary>The executable: one Add… and one Map… line per feature.</summary>
public static class Program
{
    private const string DefaultAddress = "http://127.0.0.1:8000";

    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is StartException or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>The whole server, not started yet. Tests and commands start it on a port of their own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var data = DataFolderArguments.Read(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        // Also when started from its build folder; a published one has its assets beside it and ignores this.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSerilog(logging => logging
            .ReadFrom.Configuration(builder.Configuration)
            .WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture)
            .WriteTo.File(
                new CompactJsonFormatter(),
                Path.Combine(data.Logs, "aniworld-.json"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 50 << 20,
                rollOnFileSizeLimit: true));

        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<AniWorldOptions>().Bind(builder.Configuration);
        builder.Services.AddSqliteDatabase(data.Database);
        builder.Services.AddHostedService<DatabaseStart>();

        builder.Services.ConfigureHttpJsonOptions(json => ContractJson.Apply(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<UnhandledFaults>();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseAntiforgery();
        app.MapStaticAssets();
        return app;
    }
}
