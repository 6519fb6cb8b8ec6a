namespace AniWorld.Services.Library;

/// <param name="Folder">As the database has it.</param>
internal sealed record OwningSeries(long Id, string Key, string Name, string Folder);

/// <summary>Which folder is whose: by name, by nearly that name, and by the sidecar in it. Made for one walk.</summary>
/// <param name="removed">Keys of series that the user removed: their folders stay, but bring nothing back.</param>
internal sealed class FolderOwners(IReadOnlyList<OwningSeries> series, IEnumerable<string> removed)
{
    private readonly Dictionary<string, OwningSeries> _byName =
        series.GroupBy(s => s.Folder).ToDictionary(s => s.Key, s => s.First());

    private readonly Dictionary<string, OwningSeries> _byNearName =
        series.GroupBy(s => s.Folder, FolderNameComparer.Instance).ToDictionary(s => s.Key, s => s.First(), FolderNameComparer.Instance);

    private readonly HashSet<string> _keys = [.. series.Select(s => s.Key)];
    private readonly HashSet<string> _adopted = [.. removed];
    private readonly HashSet<long> _found = [];
    private readonly List<ScannedFolder> _strays = [];

    public IReadOnlyList<OwningSeries> Series => series;

    /// <summary>Counted by the caller: of all series together.</summary>
    public int Files { get; set; }

    /// <summary>Noted by the caller: keys of the series whose folders are no longer as they were.</summary>
    public HashSet<string> Changed { get; } = [];

    /// <summary>After the walk: series without a folder of their name, with the one that is theirs after all, if any.</summary>
    public IEnumerable<(OwningSeries Series, ScannedFolder? Folder)> Lost => series
        .Where(s => !_found.Contains(s.Id))
        .Select(s => (s, _strays.Find(f => _byNearName.GetValueOrDefault(f.Path) == s) ?? _strays.Find(f => f.Sidecar?.Key == s.Key)));

    public bool IsOwned(string folder) => _byName.ContainsKey(folder);

    /// <returns><see langword="null"/> when no series has a folder of exactly that name.</returns>
    public OwningSeries? OwnerOf(ScannedFolder folder)
    {
        if (_byName.TryGetValue(folder.Path, out var owner))
        {
            _found.Add(owner.Id);
        }

        return owner;
    }

    /// <summary>Whether a folder without an owner is a series that nobody knows of yet; from then on it is known.</summary>
    public bool TryAdopt(ScannedFolder folder)
    {
        if (folder.Path.Length == 0)
        {
            return false;
        }

        if (_byNearName.ContainsKey(folder.Path) || (folder.Sidecar is { } sidecar && _keys.Contains(sidecar.Key)))
        {
            _strays.Add(folder);
            return false;
        }

        return folder.Sidecar is { } own && _adopted.Add(own.Key);
    }
}
