using AniWorld.Data.Library;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Library;

namespace AniWorld.Services.Metadata;

/// <summary>The pictures in a series' folder. Where there is one of that purpose under any of its names, it stays the only one.</summary>
internal sealed class Artwork(CoverService covers, JpegPicture jpeg)
{
    // https://jellyfin.org/docs/general/server/media/shows and kodi.wiki, "Artwork/TV shows".
    private static readonly string[] PosterNames = ["poster", "folder", "cover", "default", "show"];
    private static readonly string[] FanartNames = ["fanart", "backdrop", "background", "art"];
    private static readonly HashSet<string> Pictures = new([".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tbn"], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="IOException">One could not be written.</exception>
    public async Task WriteAsync(AnimeSeries series, string folder, CancellationToken cancellationToken)
    {
        if (series.CoverUrl is not null && !Has(folder, PosterNames))
        {
            await WriteAsync(await covers.GetAsync(series.Key, cancellationToken), folder, "poster", cancellationToken);
        }

        if (Uri.TryCreate(series.BackdropUrl, UriKind.Absolute, out var backdrop) && !Has(folder, FanartNames))
        {
            await WriteAsync(await covers.GetAsync(covers.Remember(backdrop), cancellationToken), folder, "fanart", cancellationToken);
        }
    }

    private static bool Has(string folder, string[] names) => Directory.EnumerateFiles(folder).Any(path =>
        names.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase) && Pictures.Contains(Path.GetExtension(path)));

    /// <summary>As JPEG, which both programs know best; where that cannot be made, as it came.</summary>
    private async Task WriteAsync(CoverFile? picture, string folder, string name, CancellationToken cancellationToken)
    {
        if (picture is null)
        {
            return;
        }

        var content = await jpeg.OfAsync(picture, cancellationToken);
        var extension = content is null ? Path.GetExtension(picture.Path) : ".jpg";
        LibraryFile.WriteNew(Path.Join(folder, name + extension), content ?? await File.ReadAllBytesAsync(picture.Path, cancellationToken));
    }
}
