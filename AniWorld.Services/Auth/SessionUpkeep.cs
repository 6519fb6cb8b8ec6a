using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>Once a minute: saves when sessions and keys were last used, and clears away sessions that have ended.</summary>
internal sealed class SessionUpkeep(
    SessionService sessions, ApiKeyService keys, LastSeen lastSeen, TimeProvider time, ILogger<SessionUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(Every, RunAsync, stoppingToken);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var byKind = lastSeen.Take().ToLookup(s => s.Key.Contains(':'));
            await sessions.TidyAsync(byKind[false].ToDictionary(), cancellationToken);
            await keys.TidyAsync(byKind[true].ToDictionary(), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(e, "Sessions could not be tidied up; the next try is in a minute");
        }
    }
}
