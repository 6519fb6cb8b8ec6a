using System.CommandLine;
using AniWorld.Blazor.CommandLine;
using AniWorld.Data.Library;
using AniWorld.Services.Configuration;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary><c>aniworld scan</c>: compares disk and catalogue, and waits for the end.</summary>
internal static class ScanCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static Command Create(CommandFrame frame)
    {
        var key = new Argument<string?>("key") { Description = "Only this series", HelpName = "KEY", Arity = ArgumentArity.ZeroOrOne };
        var offline = new Option<bool>("--offline") { Description = "Compare the disk with the catalogue as it is known; ask no site" };
        var command = new Command("scan", "Scan the library, or one series, and wait for the end; Ctrl+C cancels the scan") { key, offline };
        return frame.Local(command, async (given, data, output, token) =>
        {
            var only = given.GetValue(key);
            if (given.GetValue(offline))
            {
                return await OfflineAsync(data, frame.Settings, only, output, token);
            }

            await using var server = await ServerConnection.OpenAsync(data, frame.Settings, HostUse.Command, token);
            return await OnServerAsync(server.Api, only, output, token);
        });
    }

    private static async Task<int> OnServerAsync(ApiClient api, string? key, CommandOutput output, CancellationToken cancellationToken)
    {
        var path = "/api/anime/rescan" + (key is null ? "" : $"?key={Uri.EscapeDataString(key)}");
        var started = await api.PostAsync<ScanStarted>(path, null, cancellationToken);
        try
        {
            return Tell(await ScanBar.FollowAsync(() => LookAsync(api, started.ScanId, cancellationToken), Pause, output, cancellationToken), output);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(api);
            throw;
        }
    }

    private static async Task<ScanJson> LookAsync(ApiClient api, string id, CancellationToken cancellationToken)
    {
        var latest = await api.GetAsync<ScanJson>("/api/anime/rescan", cancellationToken);
        return latest.ScanId == id ? latest : throw new StartException("Another scan began before the end of this one was seen; look at the library.");
    }

    private static async Task CancelAsync(ApiClient api)
    {
        try
        {
            await api.DeleteAsync("/api/anime/rescan", CancellationToken.None);
        }
        catch (Exception e) when (e is ApiRefusal or HttpRequestException)
        {
            // It ended by itself meanwhile, or the server did.
        }
    }

    private static async Task<int> OfflineAsync(
        DataFolder data, SettingArguments settings, string? key, CommandOutput output, CancellationToken cancellationToken)
    {
        await using var local = LocalHost.Open(data, settings);
        // Half a second of this process: what is needed is put together beside it.
        var made = Task.Run(local.Services.GetRequiredService<ScanService>, cancellationToken);
        await local.MigrateAsync(cancellationToken);
        var scans = await made;
        if (!local.IsAlone && await scans.LatestAsync(cancellationToken) is { State: ScanState.Running })
        {
            throw new StartException("The server scans already; wait for the end of that.");
        }

        try
        {
            return await scans.RunAsync(key, offline: true, cancellationToken: cancellationToken) is { } run
                ? Tell(ScanJson.From(run), output)
                : throw new ApiRefusal(StatusCodes.Status404NotFound, $"No series has the key '{key}'; it may have been removed.");
        }
        finally
        {
            // An interrupted scan still has to write down that it was.
            await ((IHostedService)scans).StopAsync(CancellationToken.None);
        }
    }

    private static int Tell(ScanJson scan, CommandOutput output)
    {
        output.Write(scan, () => output.Say(scan switch
        {
            { State: ScanState.Completed } => $"Scanned {scan.Total} series: {scan.Files} files, {scan.Missing} episodes missing.{Remark(scan)}",
            { State: ScanState.Cancelled } => "The scan was cancelled.",
            _ => $"The scan failed: {scan.Message}",
        }));
        return scan.State is ScanState.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Remark(ScanJson scan) => scan.Message is null ? "" : $"\n{scan.Message}";
}
