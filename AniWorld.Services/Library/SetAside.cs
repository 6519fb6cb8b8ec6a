using System.Globalization;
using AniWorld.Services.Disk;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Library;

/// <summary>Moves files out of the way instead of deleting them: each move gets a folder of its own, named after the time.</summary>
internal sealed class SetAside(LibraryRoot root)
{
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <returns>Where it is now, below the root; <see langword="null"/> when it was not there.</returns>
    /// <exception cref="FaultException">It could not be moved.</exception>
    public string? Move(string relativePath, string place, DateTimeOffset now)
    {
        var source = root.ResolveItself(relativePath);
        if (!Path.Exists(source) && RealPath.LinkTarget(source) is null)
        {
            return null;
        }

        try
        {
            var folder = NewFolder(Path.Join(root.Path, LibraryRoot.OwnFolder, place), now);
            var target = Path.Join(folder, relativePath.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            SafeMove.Move(source, target);
            return root.Relative(target);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, source);
        }
    }

    /// <exception cref="FaultException">It is no longer there, or its old place is taken; nothing was moved.</exception>
    public void PutBack(TrashMove move)
    {
        var target = root.WriteTarget(move.Path);
        if (Path.Exists(target))
        {
            throw new FaultException(FaultCode.NameConflict, new Sentence("fault_put_back_taken", move.Path));
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            SafeMove.Move(Path.Join(root.Path, move.InTrash), target);
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, Path.Join(root.Path, move.InTrash));
        }
    }

    public int Empty(string place, DateTimeOffset before)
    {
        var gone = 0;
        foreach (var entry in new DirectoryInfo(Path.Join(root.Path, LibraryRoot.OwnFolder, place)).EnumerateDirectories())
        {
            if (entry.LinkTarget is null && MovedAt(entry.Name) is { } movedAt && movedAt < before)
            {
                gone += Delete(entry) ? 1 : 0;
            }
        }

        return gone;
    }

    private static string NewFolder(string place, DateTimeOffset now)
    {
        var time = now.ToUniversalTime().ToString(Time, CultureInfo.InvariantCulture);
        for (var i = 1; ; i++)
        {
            var folder = Path.Join(place, i == 1 ? time : string.Create(CultureInfo.InvariantCulture, $"{time}-{i}"));
            if (!Path.Exists(folder))
            {
                return Directory.CreateDirectory(folder).FullName;
            }
        }
    }

    private static DateTimeOffset? MovedAt(string name) =>
        DateTimeOffset.TryParseExact(
            name.Split('-')[0], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static bool Delete(DirectoryInfo entry)
    {
        try
        {
            entry.Delete(recursive: true);
            return true;
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            return false;
        }
    }
}
