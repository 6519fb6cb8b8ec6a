using System.Globalization;
using AniWorld.Data;
using AniWorld.Services.Configuration;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Nodes;

/// <summary>This process as one of those that may share a database.</summary>
/// <remarks>Which node it is stands in the data folder, so that it knows its own leases again after a restart.</remarks>
internal sealed class ThisNode(DatabasePlace place, DataFolder data)
{
    private readonly Guid _run = Guid.NewGuid();
    private readonly Lazy<Guid> _id = new(() => IdIn(data));

    /// <summary>Other nodes may work on the same database.</summary>
    public bool IsShared => place is DatabasePlace.Server;

    public Guid Id => _id.Value;

    /// <summary>This process of it.</summary>
    public Guid Run => _run;

    /// <summary>What all leases of this node begin with, whichever of its runs took them. Only where <see cref="IsShared"/>.</summary>
    public string OwnerPrefix => $"{Id:N}:";

    /// <summary>What the leases of this process carry.</summary>
    public string Owner => IsShared
        ? $"{OwnerPrefix}{_run:N}"
        : string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}:{_run:N}");

    private static Guid IdIn(DataFolder data)
    {
        var path = Path.Combine(data.Root, "node");
        if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path), out var known))
        {
            return known;
        }

        var id = Guid.NewGuid();
        Directory.CreateDirectory(data.Root);
        AtomicFile.Write(path, System.Text.Encoding.ASCII.GetBytes($"{id:N}\n"));
        return id;
    }
}
