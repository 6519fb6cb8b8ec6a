using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AniWorld.Services.Catalogue.YtDlp;

/// <summary>Between addresses and keys. An address cannot be read off its key, so it is remembered, and found again in the library.</summary>
internal sealed partial class YtDlpLinks(IDbContextFactory<AniWorldDbContext> databases) : IDisposable
{
    private const int LongestSlug = 60;

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 1_000 });

    /// <returns>The key: what can be read of the address, and 8 digits of its hash.</returns>
    public string Remember(Uri address)
    {
        var plain = address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        var slug = NotInKey().Replace($"{Host(address)}-{address.PathAndQuery}".ToLowerInvariant(), "-").Trim('-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)))[..8];
        var key = $"{slug[..Math.Min(slug.Length, LongestSlug)].Trim('-')}-{hash}";
        _seen.Set(key, new Uri(plain), new MemoryCacheEntryOptions { Size = 1 });
        return key;
    }

    /// <returns><see langword="null"/> for a key that nobody was given.</returns>
    public async Task<Uri?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_seen.Get<Uri>(key) is { } seen)
        {
            return seen;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return AsAddress(await Stored(database, key).FirstOrDefaultAsync(cancellationToken));
    }

    /// <inheritdoc cref="FindAsync"/>
    public Uri? Find(string key)
    {
        if (_seen.Get<Uri>(key) is { } seen)
        {
            return seen;
        }

        using var database = databases.CreateDbContext();
        return AsAddress(Stored(database, key).FirstOrDefault());
    }

    public void Dispose() => _seen.Dispose();

    private static IQueryable<string> Stored(AniWorldDbContext database, string key) => database.Series.IgnoreQueryFilters()
        .Where(series => series.Key == key && series.Provider == YtDlpProvider.ProviderName)
        .OrderByDescending(series => series.Id)
        .Select(series => series.Link);

    private static Uri? AsAddress(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address) && WebAddress.IsWeb(address) ? address : null;

    private static string Host(Uri address) => address.IdnHost.StartsWith("www.", StringComparison.Ordinal) ? address.IdnHost[4..] : address.IdnHost;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInKey();
}
