using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Statistics;

/// <summary>How long the library's disk lasts at the rate of the last weeks.</summary>
/// <remarks>The rate is that of downloads: files that a scan found were on the disk before.</remarks>
public sealed class DiskForecast(
    IDbContextFactory<AniWorldDbContext> databases, IOptionsMonitor<AniWorldOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>From fewer days nothing is concluded.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(3);

    public async Task<DiskOutlook> ReadAsync(CancellationToken cancellationToken = default)
    {
        var settings = options.CurrentValue;
        var folder = Path.GetFullPath(settings.AnimeDirectory);

        // A mount that does not answer is waited for by nobody's page.
        var space = await Task.Run(() => DiskSpace.Of(folder), CancellationToken.None).WaitAsync(cancellationToken);
        var now = time.GetUtcNow();
        var from = now - Window;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);

        // Also of series that are no longer wanted: their files took room all the same.
        var fetched = database.EpisodeFiles.IgnoreQueryFilters().Where(f => f.Verified);
        var first = await fetched.MinAsync(f => (DateTimeOffset?)f.CreatedAt, cancellationToken);
        var sizes = await fetched.Where(f => f.CreatedAt >= from).Select(f => new { f.Path, f.Size }).Distinct()
            .SumAsync(f => f.Size, cancellationToken);
        var rate = Rate(first, sizes, now);
        return new DiskOutlook(folder, space, rate, Left(space, (long)settings.Downloads.MinFreeMb << 20, rate));
    }

    /// <param name="first">When the oldest of all downloaded files came.</param>
    /// <param name="bytes">What came within the window.</param>
    /// <returns>Bytes a day; <see langword="null"/> when too little is known.</returns>
    internal static double? Rate(DateTimeOffset? first, long bytes, DateTimeOffset now)
    {
        var known = now - first;
        return known is null || known < Shortest ? null : bytes / Math.Min(known.Value.TotalDays, Window.TotalDays);
    }

    /// <returns>Until only the reserve is left; <see langword="null"/> when it cannot be told, or when nothing comes.</returns>
    internal static TimeSpan? Left(DiskSpace? space, long reserve, double? bytesPerDay) => (space, bytesPerDay) switch
    {
        ({ } disk, > 0) => TimeSpan.FromDays(Math.Min(Math.Max(0, disk.Free - reserve) / bytesPerDay.Value, 365 * 100)),
        _ => null,
    };
}

/// <param name="Folder">The library, as an absolute path.</param>
/// <param name="Space"><see langword="null"/> when its disk is not there.</param>
/// <param name="BytesPerDay">What downloads added lately; 0 for nothing, <see langword="null"/> when too little is known.</param>
/// <param name="Left">Until downloads no longer start; <see langword="null"/> when that cannot be told.</param>
public sealed record DiskOutlook(string Folder, DiskSpace? Space, double? BytesPerDay, TimeSpan? Left);
