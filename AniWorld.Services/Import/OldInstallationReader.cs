using System.Text.Json;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Import;

/// <summary>Reads an older installation: its configuration, its database, and the files in its series' folders. Changes nothing there.</summary>
internal sealed class OldInstallationReader(OldDatabase database, OldSeriesFolders folders)
{
    private const int LargestConfiguration = 1 << 20;

    /// <param name="library">Where its videos are; <see langword="null"/> to go by its configuration.</param>
    /// <returns><see langword="null"/> when there is no old installation.</returns>
    /// <exception cref="FaultException">It is there, but cannot be used.</exception>
    public async Task<OldInstallation?> ReadAsync(string path, string? library, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(path);
        if (!Directory.Exists(root))
        {
            return null;
        }

        if (library is not null && !Directory.Exists(library))
        {
            throw DiskFault.Missing(Path.GetFullPath(library));
        }

        var old = new OldInstallation(root);
        try
        {
            var data = new[] { Path.Join(root, "data"), root }.FirstOrDefault(HasData);
            if (data is not null)
            {
                old.IsThere = true;
                ReadConfiguration(old, Path.Join(data, "config.json"));
                await database.ReadAsync(old, Path.Join(data, "aniworld.db"), cancellationToken);
            }

            if ((library ?? OldSettings.Library(old) ?? (data is null ? root : null)) is { } videos)
            {
                folders.Read(old, videos, cancellationToken);
            }
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, root);
        }

        return old.IsThere ? old : null;
    }

    private static bool HasData(string folder) =>
        File.Exists(Path.Join(folder, "config.json")) || File.Exists(Path.Join(folder, "aniworld.db"));

    private static void ReadConfiguration(OldInstallation old, string path)
    {
        if (!File.Exists(path))
        {
            old.Remarks.Add(new Sentence("import_no_configuration", path));
            return;
        }

        if (new FileInfo(path).Length > LargestConfiguration)
        {
            old.Remarks.Add(new Sentence("import_configuration_large", path, LargestConfiguration >> 20));
            return;
        }

        try
        {
            old.Configuration = ConfigJson.Parse(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            old.Remarks.Add(new Sentence("import_configuration_form", path, (e.LineNumber ?? 0) + 1));
        }
    }
}
