namespace AniWorld.Data;

/// <summary>Tells whether anybody has written to the database, in this process or another one, without reading any of it.</summary>
public abstract class DataVersion : IDisposable
{
    /// <summary>
    /// Equal to an earlier one as long as nothing was committed in between. What is read after this is of that version, or newer.
    /// </summary>
    public abstract DataStamp Read();

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <param name="Opened">Which connection counted: the versions of two have nothing to do with each other.</param>
/// <param name="Version">Changes with each commit.</param>
public readonly record struct DataStamp(int Opened, string? Version);
