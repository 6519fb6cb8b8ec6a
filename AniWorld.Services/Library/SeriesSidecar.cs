using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AniWorld.Services.Disk;

namespace AniWorld.Services.Library;

/// <summary>The file <c>.aniworld.json</c> in a series' folder: says whose folder it is, so that a moved library is known again.</summary>
public sealed partial record SeriesSidecar
{
    public const string FileName = ".aniworld.json";

    private const int MaxBytes = 64 << 10;
    private const int LongestText = 500;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>Absolute http or https address of the series' page.</summary>
    public required string Link { get; init; }

    public required string Provider { get; init; }

    public int? Year { get; init; }

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

            var sidecar = JsonSerializer.Deserialize<SeriesSidecar>(File.ReadAllBytes(path), Json);
            return sidecar is not null && sidecar.IsSound() ? sidecar with { Name = WellFormedText.Of(sidecar.Name).Trim() } : null;
        }
        catch (Exception e) when (DiskFault.Is(e) || e is JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts the file in place as a whole, unless it is there with the same content.</summary>
    /// <exception cref="Faults.FaultException">It could not be written; an older one is unharmed.</exception>
    public void Write(string seriesFolder)
    {
        if (Read(seriesFolder) == this)
        {
            return;
        }

        var path = Path.Join(seriesFolder, FileName);
        var unfinished = Path.Join(seriesFolder, $"{FileName}.{Guid.NewGuid():N}.tmp");
        try
        {
            try
            {
                using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
                {
                    JsonSerializer.Serialize(file, this, Json);
                    file.Flush();
                    Durable.FlushFile(file.SafeFileHandle, file.Name);
                }

                File.Move(unfinished, path, overwrite: true);
                Durable.FlushFolder(seriesFolder);
            }
            finally
            {
                File.Delete(unfinished);
            }
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
        && Year is (null or (> 1900 and < 2200));

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KeyForm();
}
