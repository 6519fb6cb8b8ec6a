using AniWorld.Data.Catalogue;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Catalogue;

/// <summary>A catalogue site as its row shows it.</summary>
/// <param name="Record"><see langword="null"/> when it was never asked.</param>
/// <param name="Spent">Requests today, of <paramref name="PerDay"/> that AniWorld sends by itself.</param>
/// <param name="Due"><see langword="null"/> when it is off.</param>
public sealed record SiteView(
    string Name, string Site, bool IsOn, SourceHealth? Record, SiteTrouble? Trouble, int Spent, int PerDay, SiteForecast? Due)
{
    /// <summary>The text that says how it is, and the look of its chip.</summary>
    public string State => !IsOn ? "off" : Trouble is { NeedsAttention: true } ? "attention" : Trouble is not null ? "unreachable"
        : Record?.LastSuccessAt is null ? "new" : "ok";
}
