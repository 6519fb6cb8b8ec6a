namespace AniWorld.Services.Catalogue;

/// <summary>A series found by a search. Every text is plain text, whatever markup the site sent.</summary>
/// <param name="Cover">Address of the cover at the source; <see langword="null"/> when there is none.</param>
public sealed record SearchHit(string Key, string Name, string Site, Uri Link, int? Year, string? Description, Uri? Cover);
