namespace AniWorld.Services.Configuration;

/// <summary>Held by the one server that uses a data folder; the operating system lets go of it when the process ends, however it ends.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(DataFolder data, FileStream file) => (Data, _file) = (data, file);

    /// <summary>The folder that is held.</summary>
    public DataFolder Data { get; }

    /// <returns><see langword="null"/> when another process holds it.</returns>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public static DataFolderLock? TryTake(DataFolder data)
    {
        Directory.CreateDirectory(data.Root);
        var path = Path.Combine(data.Root, "server.lock");
        try
        {
            return new DataFolderLock(data, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
