using System.Text.Json;
using System.Text.RegularExpressions;

namespace AniWorld.Services.Configuration;

/// <summary>The secrets of this installation, to be taken out of any text that leaves it, however they came to stand there.</summary>
public sealed partial class SecretValues
{
    public const string Mask = ConfigSecrets.Mask;

    /// <summary>Of fewer characters than these the text would be full of masks, and they protect nothing.</summary>
    private const int Shortest = 4;

    /// <summary>Such as <c>/api</c> are everybody's.</summary>
    private const int ShortestPath = 8;

    /// <summary>A key is some hundred bytes; what is larger is none.</summary>
    private const long LargestKey = 64 << 10;

    private readonly IReadOnlyList<string> _values;

    private SecretValues(IEnumerable<string> values) => _values =
    [
        // The longest first, so that of one that is part of another nothing stays.
        .. values.SelectMany(AsWritten).Where(value => value.Length >= Shortest).Distinct().OrderByDescending(value => value.Length),
    ];

    public static SecretValues Of(AniWorldOptions options, DataFolder data) => new(
        ConfigSecrets.Find(ConfigJson.FromOptions(options), ConfigShape.Whole).SelectMany(WithParts).Concat(KeysIn(data)));

    public string RemoveFrom(string text)
    {
        foreach (var value in _values)
        {
            text = text.Replace(value, Mask, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>A secret address or connection string also gives its password away where that stands alone.</summary>
    private static IEnumerable<string> WithParts(string secret)
    {
        yield return secret;
        foreach (Match part in Password().Matches(secret))
        {
            yield return part.Value;
        }

        if (Uri.TryCreate(secret, UriKind.Absolute, out var address))
        {
            // Who knows a webhook's path may write to it; the host alone is no secret.
            var path = address.PathAndQuery.TrimEnd('/');
            string[] parts = [path.Length >= ShortestPath ? path : "", address.UserInfo, .. address.UserInfo.Split(':')];
            foreach (var part in parts)
            {
                yield return part;
                yield return Uri.UnescapeDataString(part);
            }
        }
    }

    /// <summary>As JSON and addresses write it.</summary>
    private static IEnumerable<string> AsWritten(string value) =>
    [
        value,
        Uri.EscapeDataString(value),
        JsonSerializer.Serialize(value)[1..^1],
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
    ];

    private static List<string> KeysIn(DataFolder data)
    {
        var found = new List<string>();
        foreach (var file in Directory.Exists(data.Keys) ? new DirectoryInfo(data.Keys).GetFiles() : [])
        {
            if (file.Length is > 0 and <= LargestKey)
            {
                var bytes = File.ReadAllBytes(file.FullName);
                found.AddRange([Convert.ToBase64String(bytes), Convert.ToHexString(bytes)]);
                if (file.Extension is not ".xml" && bytes.All(letter => letter is > 31 and < 127 or 10 or 13))
                {
                    found.Add(System.Text.Encoding.ASCII.GetString(bytes).Trim());
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"(?<=\b(?:password|pwd)\s*=\s*)[^;,]+", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
