using AniWorld.Data.Library;

namespace AniWorld.Services.Statistics;

/// <summary>The library in figures. A double episode's file counts once; sizes are in bytes.</summary>
/// <param name="Days">Oldest first, one for each day, the last of them today.</param>
/// <param name="Series">The largest first.</param>
/// <param name="Languages">The largest first.</param>
public sealed record LibraryFigures(
    IReadOnlyList<LibraryDay> Days, IReadOnlyList<SeriesSize> Series, IReadOnlyList<LanguageSize> Languages, long Bytes, int Files);

/// <param name="Downloads">Episodes that were downloaded on that day.</param>
/// <param name="Bytes">Size at its end of what is there now.</param>
public sealed record LibraryDay(DateOnly On, int Downloads, long Bytes);

public sealed record SeriesSize(string Key, string Name, long Bytes, int Files);

public sealed record LanguageSize(Language Language, long Bytes, int Files);
