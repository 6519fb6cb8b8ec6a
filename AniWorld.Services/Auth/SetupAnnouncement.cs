using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Auth;

/// <summary>Prints the set-up code at start, as long as there is something to set up. To the console only: a log is read by more people.</summary>
internal sealed class SetupAnnouncement(AuthService auth, SetupCode code, TextWriter console, ILogger<SetupAnnouncement> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await auth.IsConfiguredAsync(cancellationToken))
            {
                await console.WriteLineAsync(
                    $"Set-up code: {code.Text} (asked for when the set-up page is opened from another machine)");
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A database that cannot be read is dealt with elsewhere; without a code, set-up still works from this machine.
            logger.LogWarning(e, "Whether a master password is set could not be read; no set-up code was printed");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
