using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>Shows people who write a profile what each of its selectors finds on a page.</summary>
/// <remarks>Asks a site although it may be switched off: the user wants to see this one page. The profile's politeness holds.</remarks>
public sealed class ProfileTester
{
    private const string Accept = "text/html,application/json;q=0.9,*/*;q=0.5";

    private readonly SiteProfileFiles _files;
    private readonly PageFetcher _pages;
    private readonly PageParser _parser;
    private readonly IOptionsMonitor<AniWorldOptions> _options;

    internal ProfileTester(SiteProfileFiles files, PageFetcher pages, PageParser parser, IOptionsMonitor<AniWorldOptions> options) =>
        (_files, _pages, _parser, _options) = (files, pages, parser, options);

    /// <param name="address">Of a page of the site: search results, a series, a season or an episode.</param>
    /// <param name="text">A profile that need not be saved; <see langword="null"/> for the one that knows the address.</param>
    /// <exception cref="FaultException">The page cannot be had, or no profile knows it.</exception>
    /// <exception cref="InvalidDataException"><paramref name="text"/> is no valid profile; the message names the member.</exception>
    public async Task<ProfileTrial> TryAsync(string address, string? text = null, CancellationToken cancellationToken = default)
    {
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var asked) || !WebAddress.IsWeb(asked))
        {
            throw new FaultException(FaultCode.BlockedScheme, new Sentence("fault_profile_address"));
        }

        var (profile, site) = Find(asked, text);
        var page = await _pages.GetAsync(profile.Name, profile.Politeness, asked, Accept, cancellationToken)
            ?? throw new FaultException(FaultCode.Http(404), new Sentence("fault_profile_no_page", asked.Authority));
        var link = site.Read(asked);
        if (link is null && profile.Search.Page is null)
        {
            return ProfileReading.Answer(profile, site, page);
        }

        using var document = await _parser.ParseAsync(page.Text, page.Address, cancellationToken);
        return new ProfileReading(profile, site, document, page.Address).Read(link);
    }

    private (SiteProfile Profile, SiteAddresses Site) Find(Uri asked, string? text)
    {
        IReadOnlyList<SiteProfile> candidates = string.IsNullOrWhiteSpace(text) ? _files.Load().Profiles : [SiteProfileFiles.Read(text)];
        return candidates
            .Select(profile => (Profile: profile, Site: new SiteAddresses(profile, () => AddressOf(profile))))
            .Where(one => one.Site.Read(asked) is not null || one.Site.IsSearch(asked))
            .Select(one => ((SiteProfile, SiteAddresses)?)one)
            .FirstOrDefault() ?? throw new FaultException(
                FaultCode.ProviderChanged,
                new Sentence("fault_profile_no_route", string.Join(", ", candidates.Select(profile => profile.Name))));
    }

    private Uri AddressOf(SiteProfile profile) =>
        new(_options.CurrentValue.Providers.GetValueOrDefault(profile.Name)?.BaseUrl is { Length: > 0 } configured ? configured : profile.BaseUrls[0]);
}
