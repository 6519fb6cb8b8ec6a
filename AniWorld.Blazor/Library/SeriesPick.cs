namespace AniWorld.Blazor.Library;

/// <summary>A click on a series while series are being selected.</summary>
/// <param name="IsRange">Shift was held.</param>
public sealed record SeriesPick(string Key, bool IsRange);
