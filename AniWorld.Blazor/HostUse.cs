using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Downloads;
using AniWorld.Services.Metadata;
using AniWorld.Services.Notifications;
using AniWorld.Services.Scheduling;

namespace AniWorld.Blazor;

/// <summary>What a host is built for.</summary>
internal enum HostUse
{
    /// <summary>To serve until it is told to stop.</summary>
    Server,

    /// <summary>For one command: nothing is printed but what the command says, nothing is downloaded, and the clock starts nothing.</summary>
    Command,

    /// <summary>For a command that downloads: the queue is worked off meanwhile.</summary>
    DownloadCommand,
}

internal static class HostUseRegistration
{
    /// <summary>What goes on by itself in a host of that use.</summary>
    public static void AddWork(this IServiceCollection services, HostUse use, NodeRole role, DatabasePlace place)
    {
        if (use is HostUse.Server)
        {
            services.AddScheduling(place, role.Works());
            services.AddNotificationWork();
            services.AddProfileWatch();
        }

        if (use is not HostUse.Server || !role.Serves())
        {
            // The set-up code is for the console of a server that has the page.
            services.AddSingleton(TextWriter.Null);
        }

        if (use is HostUse.Server or HostUse.DownloadCommand)
        {
            services.AddMetadata();
            if (role.Works())
            {
                services.AddDownloadWorker();
            }
        }
    }
}
