using AniWorld.Services.Auth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AniWorld.Blazor.CommandLine;

/// <summary>Tells commands on this machine where the server is and how to get in, as long as it listens.</summary>
internal sealed class CommandLineDoor(
    CommandLineAccess access, IServer server, IHostApplicationLifetime lifetime, ILogger<CommandLineDoor> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Try(access.Close);
        lifetime.ApplicationStarted.Register(() => Try(() => access.Open(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Try(access.Close);
        return Task.CompletedTask;
    }

    private void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(e, "Commands on this machine cannot find this server");
        }
    }
}
