using AniWorld.Blazor.Auth;
using AniWorld.Blazor.Layout;
using AniWorld.Blazor.Telemetry;
using AniWorld.Data.Sqlite;
using AniWorld.Services.Auth;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Repair;

/// <summary>
/// What is served in place of the server when its database is damaged: a page that puts a backup in its place, health addresses that say
/// so, and a refusal for everything else. Writes nothing to the database until somebody who sees the console asks for it.
/// </summary>
/// <remarks>
/// The log-in cannot be asked for: whose password counts stands in the file that cannot be read, and a backup may have another one.
/// </remarks>
internal static class RepairHost
{
    /// <param name="damage">A sentence on what is wrong.</param>
    /// <returns>Whether a backup took the database's place, so that the server can start.</returns>
    public static async Task<bool> RunAsync(string[] args, string damage)
    {
        var repaired = false;
        await using var app = Build(args, damage, () => repaired = true);
        await Console.Error.WriteLineAsync(damage);
        await Console.Out.WriteLineAsync(
            $"Open AniWorld's address to put a backup in its place. Set-up code: {app.Services.GetRequiredService<SetupCode>().Text}");
        await app.RunAsync();
        return repaired;
    }

    private static WebApplication Build(string[] args, string damage, Action repaired)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var data = DataFolderArguments.Read(builder.Configuration);
        var taken = DatabaseStart.Take(data);
        var chain = ConfigChain.Open(builder.Configuration, data, args);
        Program.UseDefaultAddress(builder);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = chain.Current.Limits.ApiBodyBytes;
        });
        builder.Services.AddLogging(builder.Configuration, data);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => taken);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProgress();
        builder.Services.AddConfiguration(chain);
        builder.Services.AddSqliteDatabase(data.Database);
        builder.Services.AddBackupFiles();
        builder.Services.AddSingleton<SetupCode>();
        builder.Services.AddContractJson();
        builder.Services.AddRazorComponents();

        var app = builder.Build();
        // Resolved so that it is let go of with this host, and not before.
        _ = app.Services.GetRequiredService<DataFolderLock>();
        app.UseSecurityHeaders();
        app.UseHostFilter();
        app.MapStaticAssets();
        app.MapRepair(damage, repaired);
        return app;
    }
}
