using AniWorld.Services.Configuration;
using AniWorld.Services.Progress;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>Takes over what changes in <c>data/providers/</c> while the server runs, and says what cannot be used.</summary>
internal sealed class ProfileWatch(
    ProfileProviders profiles, ProviderRegistry registry, DataFolder data, SiteHealth health, ProgressService progress, TimeProvider time,
    ILogger<ProfileWatch> logger)
    : IHostedService, IDisposable
{
    /// <summary>An editor may write in several steps; this is how long after the last one the files are read.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly List<IDisposable> _watches = [];
    private readonly Lock _gate = new();
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            Directory.CreateDirectory(data.Providers);
            var files = new PhysicalFileProvider(data.Providers);
            _watches.Add(files);
            _watches.Add(ChangeToken.OnChange(() => files.Watch("*.json"), ReadSoon));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "{Folder} cannot be watched; changed site profiles take effect at the next start", data.Providers);
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

    /// <summary>Reads the folder anew.</summary>
    internal void Reload()
    {
        lock (_gate)
        {
            try
            {
                var broken = registry.Broken;
                var (fresh, _) = profiles.Refresh(registry);
                foreach (var name in fresh)
                {
                    health.LookAgain(name);
                }

                Tell(fresh, [.. registry.Broken.Except(broken)]);
            }
            catch (Exception e)
            {
                // A timer's thread: what is not caught here would end the program.
                logger.LogError(e, "The site profiles could not be read anew; those in use stay");
            }
        }
    }

    private void ReadSoon() => _timer?.Change(Settle, Timeout.InfiniteTimeSpan);

    private void Tell(IReadOnlyList<string> fresh, IReadOnlyList<BrokenProfile> broken)
    {
        if (fresh.Count > 0)
        {
            logger.LogInformation("Site profiles taken over: {Names}", fresh);
            progress.Publish(new SystemNotice("info", "profile_changed", new Sentence("notice_profiles_read", string.Join(", ", fresh)).ToString()));
        }

        foreach (var profile in broken)
        {
            var broke = new Sentence("notice_profile_broken", Path.GetFileName(profile.Path), profile.Reason);
            var said = profile.KeepsOld ? new Sentence("notice_profile_kept", broke) : broke;
            progress.Publish(new SystemNotice("warning", "profile_broken", said.ToString()));
        }
    }
}
