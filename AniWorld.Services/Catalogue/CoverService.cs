using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue;

/// <summary>The covers of series, in the library or found by a search: fetched once, checked to be raster images, kept in <c>data/covers/</c>.</summary>
public sealed class CoverService(
    IDbContextFactory<AniWorldDbContext> databases,
    OutboundClient outbound,
    BoundedContent bodies,
    DataFolder data,
    IOptionsMonitor<AniWorldOptions> options,
    TimeProvider time,
    ILogger<CoverService> logger) : IDisposable
{
    private const int FetchesAtOnce = 4;

    /// <summary>How long a cover that could not be had is not asked for again: a page shows hundreds, over and over.</summary>
    private static readonly TimeSpan Forbearance = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<CoverFile?>>> _running = new();
    private readonly MemoryCache _failed = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly MemoryCache _found = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly SemaphoreSlim _places = new(FetchesAtOnce);

    /// <summary>Lets the cover of a series that is not in the library be asked for, as long as it is remembered.</summary>
    /// <returns>Its id for <see cref="GetAsync"/>.</returns>
    public string Remember(Uri address)
    {
        var name = NameOf(address);
        _found.Set(name, address.AbsoluteUri, new MemoryCacheEntryOptions { Size = 1 });
        return name;
    }

    /// <param name="id">Key of a series in the library, or what <see cref="Remember"/> gave.</param>
    /// <returns><see langword="null"/> when there is no such series, it has no cover, or the cover cannot be had.</returns>
    public async Task<CoverFile?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var url = await database.Series.Where(series => series.Key == id).Select(series => series.CoverUrl).FirstOrDefaultAsync(cancellationToken)
            ?? _found.Get<string>(id);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !WebAddress.IsWeb(address))
        {
            return null;
        }

        var name = NameOf(address);
        return Kept(name) ?? (IsForborne(name) ? null : await FetchOnceAsync(name, address).WaitAsync(cancellationToken));
    }

    /// <summary>Removes the covers that belong to no series, also to none that was removed, and lie there since <paramref name="before"/>.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(data.Covers))
        {
            return 0;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var urls = await database.Series.IgnoreQueryFilters().Where(series => series.CoverUrl != null).Select(series => series.CoverUrl!).ToListAsync(cancellationToken);
        var owned = urls.Select(url => Uri.TryCreate(url, UriKind.Absolute, out var address) ? NameOf(address) : null).ToHashSet();
        var strange = new DirectoryInfo(data.Covers).EnumerateFiles()
            .Where(file => file.LastWriteTimeUtc < before.UtcDateTime && !owned.Contains(Path.GetFileNameWithoutExtension(file.Name)))
            .ToList();
        strange.ForEach(file => file.Delete());
        return strange.Count;
    }

    public void Dispose()
    {
        _failed.Dispose();
        _found.Dispose();
        _places.Dispose();
    }

    private static string NameOf(Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..32];

    private CoverFile? Kept(string name) => RasterImage.All
        .Select(image => new CoverFile(Path.Combine(data.Covers, name + image.Extension), image.ContentType))
        .FirstOrDefault(cover => File.Exists(cover.Path));

    private bool IsForborne(string name) => _failed.Get<DateTimeOffset?>(name) is { } until && time.GetUtcNow() < until;

    /// <summary>Several callers share one fetch, which none of them cancels for the others.</summary>
    private Task<CoverFile?> FetchOnceAsync(string name, Uri address) =>
        _running.GetOrAdd(name, _ => new Lazy<Task<CoverFile?>>(() => FetchAsync(name, address))).Value;

    private async Task<CoverFile?> FetchAsync(string name, Uri address)
    {
        try
        {
            return Kept(name) ?? await WriteAsync(name, await DownloadAsync(address));
        }
        catch (Exception e) when (e is FaultException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            logger.LogWarning("No cover from {Host}: {Reason}", address.Authority, e.Message);
            _failed.Set<DateTimeOffset?>(name, time.GetUtcNow() + Forbearance, new MemoryCacheEntryOptions { Size = 1 });
            return null;
        }
        finally
        {
            _running.TryRemove(name, out _);
        }
    }

    private async Task<byte[]> DownloadAsync(Uri address)
    {
        await _places.WaitAsync();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2 * options.CurrentValue.Limits.HeaderSeconds), time);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", "image/avif,image/webp,image/png,image/jpeg,image/gif");
            using var response = await outbound.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode
                ? await bodies.ReadAsync(response, options.CurrentValue.Limits.CoverBytes, limit.Token)
                : throw HttpRefusal.Of(response, time);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<CoverFile> WriteAsync(string name, byte[] content)
    {
        var image = RasterImage.Of(content)
            ?? throw new FaultException(FaultCode.NotMedia, new Sentence("fault_no_picture"));
        Directory.CreateDirectory(data.Covers);
        var path = Path.Combine(data.Covers, name + image.Extension);
        var unfinished = Path.Combine(data.Covers, $"{name}.{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllBytesAsync(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return new CoverFile(path, image.ContentType);
    }
}

/// <summary>A cover on disk.</summary>
public sealed record CoverFile(string Path, string ContentType);
