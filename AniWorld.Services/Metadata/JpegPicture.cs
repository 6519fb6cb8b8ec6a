using AniWorld.Services.Catalogue;
using AniWorld.Services.Downloads;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Metadata;

/// <summary>Makes a JPEG of a picture of another kind, where <c>ffmpeg</c> is installed.</summary>
internal sealed class JpegPicture(MediaTools tools)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <returns><see langword="null"/> when it is none and none can be made of it.</returns>
    public async Task<byte[]?> OfAsync(CoverFile picture, CancellationToken cancellationToken)
    {
        if (picture.ContentType == "image/jpeg")
        {
            return await File.ReadAllBytesAsync(picture.Path, cancellationToken);
        }

        return tools.Ffmpeg is { } ffmpeg ? await ConvertAsync(ffmpeg, picture.Path, cancellationToken) : null;
    }

    private static async Task<byte[]?> ConvertAsync(string ffmpeg, string path, CancellationToken cancellationToken)
    {
        var made = Path.Join(Path.GetTempPath(), $"aniworld-{Guid.NewGuid():N}.jpg");
        try
        {
            string[] arguments =
            [
                "-hide_banner", "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", "file:" + path,
                "-frames:v", "1", "-q:v", "2", "file:" + made,
            ];
            var result = await ExternalTool.RunAsync(ffmpeg, arguments, Limit, cancellationToken);
            return result.ExitCode == 0 && File.Exists(made) ? await File.ReadAllBytesAsync(made, cancellationToken) : null;
        }
        catch (FaultException)
        {
            return null;
        }
        finally
        {
            File.Delete(made);
        }
    }
}
