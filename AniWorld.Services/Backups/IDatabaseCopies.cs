using AniWorld.Data;

namespace AniWorld.Services.Backups;

/// <summary>The whole database as a file, and back.</summary>
internal interface IDatabaseCopies
{
    /// <summary>What such a file is called within a backup.</summary>
    string FileName { get; }

    /// <summary>Copies the database as it is at one moment, while others read and write it.</summary>
    /// <param name="target">An empty file, which keeps its rights.</param>
    /// <returns>The newest migration that the copy has.</returns>
    Task<string?> MakeAsync(string target, CancellationToken cancellationToken);

    /// <summary>Looks whether a file that came from anywhere can take the present rows' place, and makes it ready for that.</summary>
    /// <param name="copy">May be changed.</param>
    /// <exception cref="UnusableDatabaseException">Why it cannot be used; the present rows were not touched.</exception>
    Task PrepareAsync(string copy, CancellationToken cancellationToken);

    /// <summary>From here on nobody else writes; writers wait.</summary>
    /// <param name="copy">Made ready by <see cref="PrepareAsync"/>.</param>
    Task<IDatabaseReplacement> BeginAsync(string copy, CancellationToken cancellationToken);

    /// <summary>What the last replacement left in the database; 0 before the first.</summary>
    Task<int> MarkAsync(CancellationToken cancellationToken);
}
