using AniWorld.Data.Library;

namespace AniWorld.Services.Library;

/// <summary>What a file's name is made of. The texts come from a catalogue and may hold anything.</summary>
/// <param name="SeriesKey">Stands in for a name that nothing printable is left of.</param>
/// <param name="Season">From 1; 0 for films and specials.</param>
/// <param name="Title">The episode's title; <see langword="null"/> or empty where the catalogue names none.</param>
public sealed record EpisodeLabel(
    string SeriesName, string SeriesKey, int? Year, int Season, int Number, string? Title, Language Language);
