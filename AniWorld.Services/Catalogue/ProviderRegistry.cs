using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue;

/// <summary>All catalogues that AniWorld knows. Only those that the user turned on are used.</summary>
public sealed class ProviderRegistry(
    IReadOnlyList<ISeriesProvider> providers, IReadOnlyList<BrokenProfile> broken, IOptionsMonitor<AniWorldOptions> options)
{
    private volatile Known _known = new(providers, broken);

    /// <summary>Told when profiles came, went or changed.</summary>
    public event Action? Changed;

    /// <summary>Every provider, on or off.</summary>
    public IReadOnlyList<ISeriesProvider> All => _known.Providers;

    /// <summary>The user's profile files that cannot be used, for the settings, the health report and <c>doctor</c>.</summary>
    public IReadOnlyList<BrokenProfile> Broken => _known.Broken;

    /// <summary>Those that are on now.</summary>
    public IReadOnlyList<ISeriesProvider> Enabled => [.. All.Where(IsEnabled)];

    /// <summary>Whether <c>providers.&lt;name&gt;.enabled</c> is set.</summary>
    public bool IsEnabled(ISeriesProvider provider) => options.CurrentValue.Providers.GetValueOrDefault(provider.Name)?.Enabled ?? false;

    /// <returns>The provider of that name when it is on, else <see langword="null"/>.</returns>
    public ISeriesProvider? ByName(string name) => Enabled.FirstOrDefault(provider => provider.Name == name);

    /// <returns>Who knows the link, and the key in it; <see langword="null"/> when no provider that is on does.</returns>
    public RecognisedLink? RecogniseLink(Uri link) => Enabled
        .Select(provider => provider.RecogniseLink(link) is { } key ? new RecognisedLink(provider, key) : null)
        .FirstOrDefault(recognised => recognised is not null);

    /// <summary>Asks all providers that are on, at once; one that fails leaves the others' hits as they are.</summary>
    /// <param name="provider">Asks only the one of that name.</param>
    public async Task<SearchResult> SearchAsync(string query, string? provider = null, CancellationToken cancellationToken = default)
    {
        var asked = Enabled.Where(one => provider is null || one.Name == provider);
        var answers = await Task.WhenAll(asked.Select(one => AskAsync(one, query, cancellationToken)));
        return new SearchResult(
            [.. answers.SelectMany(answer => answer.Hits)],
            [.. answers.Select(answer => answer.Failure).OfType<SearchFailure>()],
            answers.Length);
    }

    /// <summary>Puts others in the place of those that are known; what runs goes on with those it has.</summary>
    internal void Replace(IReadOnlyList<ISeriesProvider> providers, IReadOnlyList<BrokenProfile> broken)
    {
        _known = new(providers, broken);
        Changed?.Invoke();
    }

    private static async Task<(IReadOnlyList<SearchHit> Hits, SearchFailure? Failure)> AskAsync(
        ISeriesProvider provider, string query, CancellationToken cancellationToken)
    {
        try
        {
            return (await provider.SearchAsync(query, cancellationToken), null);
        }
        catch (FaultException fault)
        {
            return ([], new SearchFailure(provider.Name, fault));
        }
    }

    private sealed record Known(IReadOnlyList<ISeriesProvider> Providers, IReadOnlyList<BrokenProfile> Broken);
}

/// <summary>A link that leads to a series of a catalogue.</summary>
public sealed record RecognisedLink(ISeriesProvider Provider, string Key);
