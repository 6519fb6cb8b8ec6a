using System.Collections.Concurrent;

namespace AniWorld.Services.Telemetry;

/// <summary>Names that come from remote data, as labels: each one lasts for good, so only the first ones seen become labels.</summary>
internal sealed class Names(int most)
{
    /// <summary>Stands for all further names.</summary>
    public const string Other = "other";

    private const int LongestName = 60;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string Label(string name)
    {
        var label = name.Length > LongestName ? name[..LongestName] : name;
        return _known.TryGetValue(label, out var known) ? known
            : _known.Count >= most ? Other
            : _known.GetOrAdd(label, label);
    }
}
