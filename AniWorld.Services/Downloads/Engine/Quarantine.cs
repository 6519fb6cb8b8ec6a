using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>Where files go that failed their check: kept, out of the library, with the reason beside.</summary>
internal static class Quarantine
{
    private const int MostOfOneName = 1000;
    private const string Reason = ".reason.txt";

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

            File.WriteAllText(target + Reason, reason.Text + "\n");
            return;
        }
    }

    /// <summary>Deletes what was moved there before <paramref name="before"/>; a file without a reason beside it is not ours.</summary>
    /// <returns>How many files are gone. One that cannot be deleted stays for the next time.</returns>
    public static int Empty(string folder, DateTimeOffset before)
    {
        var gone = 0;
        foreach (var reason in new DirectoryInfo(folder).EnumerateFiles("*" + Reason).Where(file => file.LastWriteTimeUtc < before.UtcDateTime))
        {
            try
            {
                File.Delete(reason.FullName[..^Reason.Length]);
                reason.Delete();
                gone++;
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                continue;
            }
        }

        return gone;
    }
}
