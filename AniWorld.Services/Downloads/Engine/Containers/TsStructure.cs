namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The packets of an MPEG transport stream (ISO/IEC 13818-1).</summary>
internal static class TsStructure
{
    private const int Samples = 500;

    /// <exception cref="StructureException">A sampled packet does not begin with the sync byte, or the last one is cut.</exception>
    public static void Check(MediaFile file)
    {
        var packets = file.Length / ContainerSniffer.TsPacket;
        for (var sample = 0L; sample < Samples; sample++)
        {
            var packet = sample * (packets - 1) / (Samples - 1);
            if (file.Read(packet * ContainerSniffer.TsPacket, 1) is not [ContainerSniffer.TsSync])
            {
                throw new StructureException(isCut: false, "something else stands between its packets");
            }
        }

        if (file.Length % ContainerSniffer.TsPacket != 0)
        {
            throw new StructureException(isCut: true, "it ends in the middle of a packet");
        }
    }
}
