using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Where files go that failed their check: kept, out of the library, with the reason beside.</summary>
internal static class Quarantine
{
    private const int MostOfOneName = 1000;

    /// <summary>Moves the file there under the first free name.</summary>
    public static void Move(string path, string name, string folder, FaultException reason)
    {
        Directory.CreateDirectory(folder);
        for (var number = 1; number <= MostOfOneName; number++)
        {
            var target = Path.Combine(
                folder, number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}");
            if (Path.Exists(target))
            {
                continue;
            }

            try
            {
                NewName.Give(path, target);
            }
            catch (IOException) when (Path.Exists(target))
            {
                continue;
            }

            File.WriteAllText(target + ".reason.txt", reason.Text + "\n");
            return;
        }
    }
}
