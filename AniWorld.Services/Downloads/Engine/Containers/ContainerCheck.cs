using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine.Containers;

/// <param name="Duration">As the container tells it; <see langword="null"/> when it does not.</param>
internal sealed record ContainerFacts(MediaContainer Container, long Size, TimeSpan? Duration, bool HasSound);

/// <summary>Whether a file is built as a whole video is, judged by its structure alone.</summary>
internal static class ContainerCheck
{
    /// <summary>No video is smaller, in bytes.</summary>
    private const int Smallest = 1024;

    /// <exception cref="FaultException"><c>not_media</c>, <c>truncated</c>, <c>too_small</c>.</exception>
    public static ContainerFacts Check(string path)
    {
        using var handle = File.OpenHandle(path);
        var file = new MediaFile(handle);
        var head = file.Read(0, ContainerSniffer.HeadBytes);
        var container = ContainerSniffer.Sniff(head) ?? throw NotMedia(path + " holds", head);
        if (file.Length < Smallest)
        {
            throw new FaultException(FaultCode.TooSmall, $"{path} has only {file.Length} bytes, no video is so small; try another hoster.");
        }

        try
        {
            var facts = Structure(file, container);
            return new(container, file.Length, facts.Duration, facts.HasSound);
        }
        catch (StructureException e)
        {
            throw e.IsCut
                ? new FaultException(FaultCode.Truncated, $"{path} is not complete: {e.Message}; it is fetched anew.", e)
                : new FaultException(FaultCode.NotMedia, $"{path} is no playable video: {e.Message}; try another hoster.", e);
        }
    }

    /// <param name="subject">Who brings it, with a verb.</param>
    public static FaultException NotMedia(string subject, ReadOnlySpan<byte> head) => new(
        FaultCode.NotMedia,
        $"{subject} {(ContainerSniffer.IsText(head) ? "a page or text" : $"data of an unknown kind ({Signature(head)})")} instead of a video; try another hoster.");

    private static StructureFacts Structure(MediaFile file, MediaContainer container) => container switch
    {
        MediaContainer.Matroska or MediaContainer.WebM => MatroskaStructure.Check(file),
        MediaContainer.Avi => AviStructure.Check(file),
        MediaContainer.MpegTs => TsStructure.Check(file),
        _ => Mp4Structure.Check(file),
    };

    private static string Signature(ReadOnlySpan<byte> head) => Convert.ToHexString(head[..Math.Min(head.Length, 8)]);
}
