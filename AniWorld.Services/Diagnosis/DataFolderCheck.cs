using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Diagnosis;

/// <summary>The data folder, its disk, and the configuration in it.</summary>
internal sealed class DataFolderCheck(DataFolder data, DatabasePlace place, ConfigChain configuration)
{
    private const string Subject = "data folder";
    private const long LittleSpace = 256L << 20;

    public IEnumerable<Finding> Examine() => [Writable(), .. FileSystem(), .. Space(), .. Configuration()];

    private Finding Writable()
    {
        var probe = Path.Combine(data.Root, $".doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Finding.Ok(Subject, $"{data.Root} can be written.");
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return Finding.Error(Subject, DiskFault.From(e, data.Root).Message);
        }
    }

    private IEnumerable<Finding> FileSystem() => place is DatabasePlace.File && NetworkFileSystem.WarningOf(data.Root) is { } warning
        ? [Finding.Warning(Subject, warning)]
        : [];

    private IEnumerable<Finding> Space()
    {
        long free;
        try
        {
            free = DiskFault.FreeBytes(data.Root);
        }
        catch (FaultException)
        {
            yield break;
        }

        yield return free < LittleSpace
            ? Finding.Warning(Subject, $"Its disk has only {free >> 20} MiB left; free some, or the database cannot grow.")
            : Finding.Ok(Subject, $"Its disk has {free >> 20} MiB left.");
    }

    private IEnumerable<Finding> Configuration() => configuration.Warnings.Count == 0
        ? [Finding.Ok("configuration", File.Exists(data.ConfigFile) ? $"{data.ConfigFile} is valid." : "There is no config.json; the defaults are in force.")]
        : configuration.Warnings.Select(warning => Finding.Error("configuration", warning.ToString()));
}
