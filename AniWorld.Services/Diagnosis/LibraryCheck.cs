using System.Data.Common;
using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;
using AniWorld.Services.Library;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Diagnosis;

/// <summary>The library's folder: there, writable, the right one, with room.</summary>
internal sealed class LibraryCheck(
    DataFolder data, DatabasePlace place, IOptionsMonitor<AniWorldOptions> options, IDbContextFactory<AniWorldDbContext> databases)
{
    private const string Subject = "library";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(options.CurrentValue.AnimeDirectory);
        if (LibraryRoot.Problem(path, data) is { } problem)
        {
            return [Finding.Error(Subject, problem.ToString())];
        }

        if (!Directory.Exists(Path.Join(path, LibraryRoot.OwnFolder)))
        {
            return [await UnmarkedAsync(path, cancellationToken)];
        }

        return [Finding.Ok(Subject, $"{path} can be written."), .. Space(path)];
    }

    private async Task<Finding> UnmarkedAsync(string path, CancellationToken cancellationToken)
    {
        if (await KnowsFilesAsync(cancellationToken))
        {
            return Finding.Error(
                Subject,
                $"The database knows files in {path}, but it has no {LibraryRoot.OwnFolder} folder: mount the disk, "
                    + $"or create '{LibraryRoot.OwnFolder}' in it if it is the right one.");
        }

        return Directory.Exists(path)
            ? Finding.Ok(Subject, $"{path} is there and can be written; the first scan marks it as the library.")
            : Finding.Warning(Subject, $"{path} is not there; the first scan or download makes it. Set another with 'aniworld config set anime_directory'.");
    }

    private async Task<bool> KnowsFilesAsync(CancellationToken cancellationToken)
    {
        if (!place.IsThere)
        {
            return false;
        }

        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            return await database.EpisodeFiles.AnyAsync(cancellationToken);
        }
        catch (DbException)
        {
            // Told about the database already.
            return false;
        }
    }

    private IEnumerable<Finding> Space(string path)
    {
        long free;
        try
        {
            free = DiskFault.FreeBytes(path);
        }
        catch (FaultException)
        {
            yield break;
        }

        var reserve = options.CurrentValue.Downloads.MinFreeMb;
        yield return free >> 20 <= reserve
            ? Finding.Error(
                Subject, $"Its disk has {free >> 20} MiB left, and downloads.min_free_mb keeps {reserve} free: nothing is downloaded until some is freed.")
            : Finding.Ok(Subject, $"Its disk has {free >> 20} MiB left.");
    }
}
