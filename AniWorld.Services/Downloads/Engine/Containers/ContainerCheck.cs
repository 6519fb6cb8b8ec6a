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
        var container = ContainerSniffer.Sniff(head) ?? throw new FaultException(FaultCode.NotMedia, new Sentence("fault_holds", path, Instead(head)));
        if (file.Length < Smallest)
        {
            throw new FaultException(FaultCode.TooSmall, new Sentence("fault_file_small", path, file.Length));
        }

        try
        {
            var facts = Structure(file, container);
            return new(container, file.Length, facts.Duration, facts.HasSound);
        }
        catch (StructureException e)
        {
            throw e.IsCut
                ? new FaultException(FaultCode.Truncated, new Sentence("fault_incomplete", path, e.What), e)
                : new FaultException(FaultCode.NotMedia, new Sentence("fault_unplayable", path, e.What), e);
        }
    }

    /// <param name="host">Who sends it.</param>
    public static FaultException NotMedia(string host, ReadOnlySpan<byte> head) => new(FaultCode.NotMedia, new Sentence("fault_sends", host, Instead(head)));

    private static Sentence Instead(ReadOnlySpan<byte> head) =>
        ContainerSniffer.IsText(head) ? new Sentence("fault_page_or_text") : new Sentence("fault_unknown_data", Signature(head));

    private static StructureFacts Structure(MediaFile file, MediaContainer container) => container switch
    {
        MediaContainer.Matroska or MediaContainer.WebM => MatroskaStructure.Check(file),
        MediaContainer.Avi => AviStructure.Check(file),
        MediaContainer.MpegTs => TsStructure.Check(file),
        _ => Mp4Structure.Check(file),
    };

    private static string Signature(ReadOnlySpan<byte> head) => Convert.ToHexString(head[..Math.Min(head.Length, 8)]);
}
