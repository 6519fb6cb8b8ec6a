using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AniWorld.Data.Library;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>
/// The file <c>.aniworld.json</c> in a series' folder: whose folder it is and what its files are, so that a library is known again
/// when it was moved or its database is gone.
/// </summary>
public sealed partial record SeriesSidecar
{
    public const string FileName = ".aniworld.json";

    private const int MaxBytes = 4 << 20;
    private const int MostFiles = 10_000;
    private const int LongestText = 500;

    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Absolute http or https address of the series' page.</summary>
    public required string Link { get; init; }

    public required string Provider { get; init; }

    public int? Year { get; init; }

    /// <summary>In order of their paths; empty in a folder that nothing was filed in yet.</summary>
    public IReadOnlyList<SidecarFile> Files { get; init; } = [];

    /// <summary>What is said of a series without its files.</summary>
    internal static SeriesSidecar Of(AnimeSeries series) => new()
    {
        Key = series.Key,
        Name = series.Name,
        Link = series.Link,
        Provider = series.Provider,
        Year = series.Year,
    };

    /// <returns><see langword="null"/> when there is none, or none that can be trusted: anybody can put anything there.</returns>
    public static SeriesSidecar? Read(string seriesFolder)
    {
        var path = Path.Join(seriesFolder, FileName);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.LinkTarget is not null || file.Length > MaxBytes)
            {
                return null;
            }

            var sidecar = JsonSerializer.Deserialize(File.ReadAllBytes(path), SidecarJson.Readable.SeriesSidecar);
            return sidecar is not null && sidecar.IsSound()
                ? sidecar with
                {
                    Name = WellFormedText.Of(sidecar.Name).Trim(),
                    Files = [.. (sidecar.Files ?? []).Where(f => f?.IsSound() is true)],
                }
                : null;
        }
        catch (Exception e) when (DiskFault.Is(e) || e is JsonException)
        {
            return null;
        }
    }

    /// <summary>Says whose folder it is before anything is filed in it; what is said of its files stays.</summary>
    /// <exception cref="Faults.FaultException">It could not be written; an older one is unharmed.</exception>
    public void Claim(string seriesFolder) => (this with { Files = Read(seriesFolder)?.Files ?? [] }).Write(seriesFolder);

    /// <summary>Puts the file in place as a whole, unless it is there with the same content.</summary>
    /// <exception cref="Faults.FaultException">It could not be written; an older one is unharmed.</exception>
    public void Write(string seriesFolder)
    {
        var path = Path.Join(seriesFolder, FileName);
        try
        {
            LibraryFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, SidecarJson.Readable.SeriesSidecar));
        }
        catch (Exception e) when (DiskFault.Is(e))
        {
            throw DiskFault.From(e, path);
        }
    }

    // Every text may be null here, whatever its type says: JSON can hold a null for it.
    private bool IsSound() =>
        Key is { Length: <= 255 } && KeyForm().IsMatch(Key)
        && Provider is { Length: <= 100 } && KeyForm().IsMatch(Provider)
        && Name is { Length: <= LongestText } && WellFormedText.Of(Name).Trim().Length > 0
        && Link is { Length: <= 2_000 } && Uri.TryCreate(Link, UriKind.Absolute, out var link) && link.Scheme is ("http" or "https")
        && Year is (null or (> 1900 and < 2200))
        && Files is null or { Count: <= MostFiles };

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KeyForm();
}

/// <summary>The sidecar's JSON, read and written by generated code: thousands of them are read in one scan.</summary>
[JsonSerializable(typeof(SeriesSidecar))]
internal sealed partial class SidecarJson : JsonSerializerContext
{
    /// <summary>For people, too: on lines of its own, letters of all languages as they are.</summary>
    public static SidecarJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
