namespace AniWorld.SampleSite;

/// <summary>A file that the assembly carries: a clip, a cover, a flag, the catalogue.</summary>
internal static class Asset
{
    /// <param name="name">As in the source tree, such as <c>Clips/zoom.mp4</c>.</param>
    /// <returns><see langword="null"/> when there is none of that name.</returns>
    public static byte[]? Find(string name)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public static byte[] Read(string name) => Find(name) ?? throw new FileNotFoundException($"The sample site carries no {name}.", name);
}
