using AniWorld.Services.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>The providers: one per profile, then those that are no profiles. A profile that has not changed keeps its provider.</summary>
internal sealed class ProfileProviders(SiteProfileFiles files, IServiceProvider services, IOptionsMonitor<AniWorldOptions> options)
{
    private Dictionary<SiteProfile, SiteProfileProvider> _providers = new(ReferenceEqualityComparer.Instance);

    public ProviderRegistry CreateRegistry()
    {
        var loaded = files.Load();
        return new ProviderRegistry(Assemble(loaded), loaded.Broken, options);
    }

    /// <returns>Names of the profiles that came or changed; and whether anything is other than before.</returns>
    public (IReadOnlyList<string> Fresh, bool Changed) Refresh(ProviderRegistry registry)
    {
        var before = _providers;
        var loaded = files.Load();
        var providers = Assemble(loaded);
        var fresh = _providers.Keys.Except<SiteProfile>(before.Keys, ReferenceEqualityComparer.Instance).Select(profile => profile.Name).ToList();
        var changed = fresh.Count > 0 || _providers.Count != before.Count || !loaded.Broken.SequenceEqual(registry.Broken);
        if (changed)
        {
            registry.Replace(providers, loaded.Broken);
        }

        return (fresh, changed);
    }

    private IReadOnlyList<ISeriesProvider> Assemble(LoadedProfiles loaded)
    {
        var providers = new Dictionary<SiteProfile, SiteProfileProvider>(ReferenceEqualityComparer.Instance);
        foreach (var profile in loaded.Profiles)
        {
            providers[profile] = _providers.GetValueOrDefault(profile) ?? ActivatorUtilities.CreateInstance<SiteProfileProvider>(services, profile);
        }

        _providers = providers;
        return [.. providers.Values, .. services.GetServices<ISeriesProvider>()];
    }
}
