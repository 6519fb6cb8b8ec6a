using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>The way to the library that is configured at the moment.</summary>
public sealed class LibraryAccess(IOptionsMonitor<AniWorldOptions> options, DataFolder data)
{
    /// <param name="databaseKnowsFiles">See <see cref="LibraryRoot.Open"/>.</param>
    /// <exception cref="Faults.FaultException">The library cannot be used now; says why and what to do.</exception>
    public LibraryRoot Open(bool databaseKnowsFiles) =>
        LibraryRoot.Open(options.CurrentValue.AnimeDirectory, data, options.CurrentValue.Library.FollowLinks, databaseKnowsFiles);

    /// <summary>Whether files can be written to the library now, or will be able to once it is made. Only looks.</summary>
    /// <param name="databaseKnowsFiles">See <see cref="LibraryRoot.Open"/>.</param>
    /// <exception cref="FaultException">They cannot; says why and what to do.</exception>
    public void RequireWritable(bool databaseKnowsFiles)
    {
        if (databaseKnowsFiles)
        {
            Open(databaseKnowsFiles).EnsureMounted();
        }

        if (LibraryRoot.Problem(options.CurrentValue.AnimeDirectory, data) is { } problem)
        {
            throw new FaultException(FaultCode.PermissionDenied, problem);
        }
    }

    /// <summary>Bytes that may still be written to the library's disk; 0 when it is not there.</summary>
    public long FreeBytes
    {
        get
        {
            try
            {
                return DiskFault.FreeBytes(Path.GetFullPath(options.CurrentValue.AnimeDirectory));
            }
            catch (FaultException)
            {
                return 0;
            }
        }
    }

    /// <summary>The naming that is configured at the moment.</summary>
    public EpisodeNaming Naming => new(options.CurrentValue.Naming);
}
