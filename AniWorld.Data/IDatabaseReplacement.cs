namespace AniWorld.Data;

/// <summary>Other rows in the place of the present ones, in one transaction; disposed of before its end it changed nothing.</summary>
public interface IDatabaseReplacement : IAsyncDisposable
{
    /// <param name="kept">Tables whose rows stay.</param>
    /// <param name="mark">Not 0; tells later that it was this replacement that came to its end.</param>
    Task CopyRowsAsync(IReadOnlySet<string> kept, int mark, CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);
}
