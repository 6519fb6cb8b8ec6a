namespace AniWorld.Services.Catalogue.SiteProfiles;

/// <summary>What a profile makes of one page.</summary>
/// <param name="Profile">Its name.</param>
/// <param name="Page"><c>search</c>, <c>series</c>, <c>season</c> or <c>episode</c>.</param>
/// <param name="Address">The page that was read, after redirects.</param>
/// <param name="Fields">Of the page, then of its first rows.</param>
/// <param name="Results">What AniWorld would take from the page, a line each.</param>
/// <param name="Problems">What does not fit, a sentence each; empty when all is well.</param>
public sealed record ProfileTrial(
    string Profile, string Page, Uri Address, IReadOnlyList<FieldTrial> Fields, IReadOnlyList<string> Results, IReadOnlyList<string> Problems);
