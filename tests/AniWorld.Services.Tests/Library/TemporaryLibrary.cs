using AniWorld.Services.Configuration;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

/// <summary>A library folder and a data folder of a test's own, removed after it.</summary>
internal sealed class TemporaryLibrary : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-library-").FullName;

    public TemporaryLibrary()
    {
        Directory.CreateDirectory(Data.Root);
    }

    public string Path => System.IO.Path.Join(_folder, "library");

    /// <summary>A folder beside the library.</summary>
    public string Outside => Directory.CreateDirectory(System.IO.Path.Join(_folder, "outside")).FullName;

    public DataFolder Data => new(System.IO.Path.Join(_folder, "data"), System.IO.Path.Join(_folder, "logs"));

    public LibraryRoot Open(bool followLinks = false, bool databaseKnowsFiles = false) => LibraryRoot.Open(Path, Data, followLinks, databaseKnowsFiles);

    public string Absolute(string relativePath) => System.IO.Path.Join(Path, relativePath);

    public string Add(string relativePath, string content = "video")
    {
        var path = Absolute(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
