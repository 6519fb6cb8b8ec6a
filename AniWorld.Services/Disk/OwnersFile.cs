namespace AniWorld.Services.Disk;

/// <summary>A new file that its owner alone may read: it holds what others have no business with.</summary>
internal static class OwnersFile
{
    /// <exception cref="IOException">Something has that name already.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
