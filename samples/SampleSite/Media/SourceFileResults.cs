using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace AniWorld.SampleSite.Media;

/// <summary>A file as an answer, in the ways that servers have.</summary>
internal static class SourceFileResults
{
    private static readonly DateTimeOffset Published = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>With ranges, <c>ETag</c> and <c>Last-Modified</c>.</summary>
    public static IResult ToRangedResult(this SourceFile file, string contentType) => Results.Stream(
        file.OpenRead(), contentType, lastModified: Published, entityTag: TagOf(file), enableRangeProcessing: true);

    /// <summary>Only ever whole, and without a validator. The length is announced.</summary>
    public static IResult ToPlainResult(this SourceFile file, string contentType) => Results.Stream(file.OpenRead(), contentType);

    /// <summary>From the length and the first and last bytes, where a video's name and revision stand; hashing 2 GiB would take too long.</summary>
    private static EntityTagHeaderValue TagOf(SourceFile file)
    {
        const int Sample = 4096;
        var length = (int)Math.Min(Sample, file.Length);
        byte[] known = [.. Encoding.ASCII.GetBytes($"{file.Length}:"), .. file.Read(0, length), .. file.Read(file.Length - length, length)];
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(known))[..16]}\"");
    }
}
