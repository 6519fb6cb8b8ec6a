using System.Data.Common;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AniWorld.Services.Configuration;

/// <summary>
/// Takes over what is changed by hand in <c>config.json</c> or appsettings.json while the server runs, and says so; and what another node
/// changes, where they share the configuration.
/// </summary>
internal sealed class ConfigWatch(
    ConfigChain chain, DataFolder data, IConfiguration host, ProgressService progress, TimeProvider time, ILogger<ConfigWatch> logger)
    : IHostedService, IDisposable
{
    /// <summary>An editor may write in several steps; this is how long after the last one the file is read.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    /// <summary>How soon a change on one node is seen by the others.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly List<IDisposable> _watches = [];
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogWarnings([]);
        _timer = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watches.Add(ChangeToken.OnChange(host.GetReloadToken, ReadSoon));
        if (chain.Store.IsShared)
        {
            // Also for what could not be read before the database was brought up to date.
            Reload();
        }
        else
        {
            WatchFile();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _watches.ForEach(watch => watch.Dispose());
        _watches.Clear();
        _timer?.Dispose();
        _timer = null;
    }

    private void WatchFile()
    {
        try
        {
            Directory.CreateDirectory(data.Root);
            var files = new PhysicalFileProvider(data.Root);
            _watches.Add(files);
            _watches.Add(ChangeToken.OnChange(() => files.Watch(Path.GetFileName(data.ConfigFile)), ReadSoon));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "{File} cannot be watched; what is changed there by hand takes effect at the next start", data.ConfigFile);
        }
    }

    private void ReadSoon() => _timer?.Change(Settle, Timeout.InfiniteTimeSpan);

    private void Reload()
    {
        var before = Warnings();
        try
        {
            Tell(chain.Reload());
        }
        catch (DbException e)
        {
            logger.LogDebug(e, "Whether another node changed the configuration could not be read; the next look follows");
        }
        catch (Exception e)
        {
            logger.LogError(e, "A part did not take the changed configuration over");
        }

        foreach (var warning in LogWarnings(before))
        {
            progress.Publish(new SystemNotice("warning", "config_not_used", warning));
        }

        if (chain.Store.IsShared)
        {
            _timer?.Change(LookEvery, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell(IReadOnlyList<string> changed)
    {
        if (changed.Count > 0 && chain.Store.IsShared)
        {
            logger.LogInformation("Another node changed the configuration: {Paths}", changed);
        }
        else if (changed.Count > 0)
        {
            logger.LogInformation("The configuration was changed by hand: {Paths}", changed);
            progress.Publish(new SystemNotice(
                "info", "config_changed", new Sentence("notice_config_changed", string.Join(", ", changed)).ToString()));
        }
    }

    private List<string> Warnings() => [.. chain.Warnings.Select(warning => warning.ToString())];

    /// <returns>Those that are new.</returns>
    private List<string> LogWarnings(IEnumerable<string> before)
    {
        var fresh = Warnings().Except(before).ToList();
        fresh.ForEach(warning => logger.LogWarning("{Warning}", warning));
        return fresh;
    }
}
