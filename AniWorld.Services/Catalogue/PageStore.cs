using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Catalogue;

/// <summary>Catalogue pages as they came, with their validators (RFC 9110, section 8.8). On disk, so that a restart asks no more than before.</summary>
internal sealed class PageStore(DataFolder data, TimeProvider time, ILogger<PageStore> logger)
{
    /// <summary>Characters of the largest page that is kept.</summary>
    private const int LargestPage = 1 << 20;

    /// <summary>Bytes of all pages together, compressed.</summary>
    private const long LargestStore = 256L << 20;

    private const string Suffix = ".json.br";

    /// <returns><see langword="null"/> when it is not kept, or cannot be read.</returns>
    public async Task<KnownPage?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        var path = PathOf(address);
        try
        {
            await using var file = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress);
            return await JsonSerializer.DeserializeAsync<KnownPage>(file, cancellationToken: cancellationToken) is { } page && page.Asked == address ? page : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (DiskFault.Is(e) || e is JsonException or InvalidDataException or InvalidOperationException)
        {
            // Only a cache: the page is asked for as if it were new.
            logger.LogDebug(e, "The kept page {Path} cannot be read", path);
            return null;
        }
    }

    /// <summary>It is what the site would send today, too.</summary>
    public void Touch(Uri address) => Try(() => File.SetLastWriteTimeUtc(PathOf(address), time.GetUtcNow().UtcDateTime));

    public async Task KeepAsync(KnownPage page, CancellationToken cancellationToken)
    {
        if (page.Text.Length > LargestPage)
        {
            return;
        }

        var path = PathOf(page.Asked);
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(data.Pages);
            await using (var file = new BrotliStream(File.Create(unfinished), CompressionLevel.Fastest))
            {
                await JsonSerializer.SerializeAsync(file, page, cancellationToken: cancellationToken);
            }

            File.Move(unfinished, path, overwrite: true);
            Touch(page.Asked);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            logger.LogDebug(e, "A page could not be kept");
            Try(() => File.Delete(unfinished));
        }
    }

    /// <summary>Removes the pages that nobody asked for since <paramref name="before"/>, and the oldest of too many.</summary>
    /// <returns>How many.</returns>
    public int Forget(DateTimeOffset before)
    {
        if (!Directory.Exists(data.Pages))
        {
            return 0;
        }

        var gone = 0;
        var kept = 0L;
        foreach (var file in new DirectoryInfo(data.Pages).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc))
        {
            kept += file.Length;
            if (file.LastWriteTimeUtc < before.UtcDateTime || kept > LargestStore)
            {
                gone += Try(file.Delete) ? 1 : 0;
            }
        }

        return gone;
    }

    private string PathOf(Uri address) =>
        Path.Combine(data.Pages, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..32] + Suffix);

    private bool Try(Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            logger.LogDebug(e, "The store of pages could not be changed");
            return false;
        }
    }
}

/// <summary>A page with what to ask by whether it has changed.</summary>
/// <param name="Asked">The address that was asked.</param>
/// <param name="Answered">The one that answered, after redirects.</param>
internal sealed record KnownPage(Uri Asked, Uri Answered, string Text, string? Tag, string? Modified)
{
    [JsonIgnore]
    public FetchedPage Page => new(Answered, Text);

    /// <returns><see langword="null"/> when the site gave nothing to ask by.</returns>
    public static KnownPage? Of(Uri asked, FetchedPage page, HttpResponseMessage response)
    {
        var tag = response.Headers.ETag?.ToString();
        var modified = response.Content.Headers.LastModified?.ToString("R");
        return tag is null && modified is null ? null : new KnownPage(asked, page.Address, page.Text, tag, modified);
    }

    public void Ask(HttpRequestMessage request)
    {
        if (Tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", Tag);
        }

        if (Modified is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", Modified);
        }
    }
}
