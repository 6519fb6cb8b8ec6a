using AniWorld.Services.Downloads;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Downloads;

/// <summary>What is to be fetched, read from the command line or from a file.</summary>
/// <remarks>A line of the file is an address, then, if wanted, blanks and a file name. Empty lines and those that begin with # are left out.</remarks>
internal static class FetchList
{
    private const string StandardInput = "-";

    /// <exception cref="FormatException">A line, or two together, cannot be used.</exception>
    public static async Task<IReadOnlyList<FetchOrder>> ReadAsync(string file, string folder, CancellationToken cancellationToken)
    {
        var lines = file == StandardInput
            ? (await Console.In.ReadToEndAsync(cancellationToken)).Split('\n')
            : await File.ReadAllLinesAsync(file, cancellationToken);
        var root = Directory.CreateDirectory(folder).FullName;
        var orders = new List<FetchOrder>();
        var lineOf = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, line) in lines.Index().Where(line => line.Item.Trim() is { Length: > 0 } text && text[0] != '#'))
        {
            var order = Read(line, root, index + 1);
            if (!lineOf.TryAdd(order.Target, index + 1))
            {
                throw new FormatException($"Lines {lineOf[order.Target]} and {index + 1} would be the same file, {order.Target}; put names after their addresses.");
            }

            orders.Add(order);
        }

        return orders.Count > 0 ? orders : throw new FormatException($"{file} has no address in it.");
    }

    /// <exception cref="FormatException">The address or the file's name cannot be used.</exception>
    public static FetchOrder OrderOf(string address, string file)
    {
        var path = Path.GetFullPath(file);
        return ExtensionOf(path) is { } extension
            ? new(AddressOf(address), path[..^(extension.Length + 1)], extension)
            : throw new FormatException($"{file} must end in .{string.Join(", .", MediaFetch.Extensions)}.");
    }

    private static FetchOrder Read(string line, string folder, int number)
    {
        var parts = line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            var address = AddressOf(parts[0]);
            var name = SafeFileName.From(parts.Length == 2 ? parts[1] : NameOf(address), address.IdnHost);
            var extension = ExtensionOf(name);
            return new(address, Path.Join(folder, extension is null ? name : name[..^(extension.Length + 1)]), extension);
        }
        catch (FormatException e)
        {
            throw new FormatException($"Line {number}: {e.Message}", e);
        }
    }

    private static Uri AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new FormatException($"{text} is no http or https address.");

    /// <summary>The last part of the path; a playlist's without its extension, as it becomes a video.</summary>
    private static string NameOf(Uri address)
    {
        var name = Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/'));
        return name.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
    }

    private static string? ExtensionOf(string path) =>
        MediaFetch.Extensions.FirstOrDefault(extension => path.EndsWith("." + extension, StringComparison.OrdinalIgnoreCase)
            && Path.GetFileName(path).Length > extension.Length + 1);
}
