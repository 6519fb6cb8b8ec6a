namespace AniWorld.Services.Downloads.Engine.Containers;

/// <summary>The packets of an MPEG transport stream (ISO/IEC 13818-1).</summary>
internal static class TsStructure
{
    private const int Packet = ContainerSniffer.TsPacket;
    private const int Samples = 500;

    /// <summary>The tables come several times a second, so they stand near the beginning.</summary>
    private const int TablesWithin = 20_000 * Packet;

    /// <exception cref="StructureException">A sampled packet does not begin with the sync byte, the last one is cut, or no picture is named.</exception>
    public static StructureFacts Check(MediaFile file)
    {
        var packets = file.Length / Packet;
        for (var sample = 0L; sample < Samples; sample++)
        {
            var packet = sample * (packets - 1) / (Samples - 1);
            if (file.Read(packet * Packet, 1) is not [ContainerSniffer.TsSync])
            {
                throw new StructureException(isCut: false, new Sentence("fault_file_packets"));
            }
        }

        if (file.Length % Packet != 0)
        {
            throw new StructureException(isCut: true, new Sentence("fault_file_packet_cut"));
        }

        return Streams(file) is { HasPicture: true } streams ? new(null, streams.HasSound) : throw new StructureException(isCut: false, new Sentence("fault_file_no_video"));
    }

    /// <summary>What the first programme consists of, as its tables say; <see langword="null"/> when there are none.</summary>
    public static (bool HasPicture, bool HasSound)? Streams(MediaFile file)
    {
        var head = file.Read(0, (int)Math.Min(file.Length, TablesWithin)).AsSpan();
        var tablePid = 0;
        for (; head.Length >= Packet; head = head[Packet..])
        {
            var section = SectionOf(head[..Packet], tablePid);
            if (section is [0, ..] && tablePid == 0)
            {
                tablePid = ProgrammePid(section);
            }
            else if (section is [2, ..] && tablePid != 0)
            {
                return StreamsOf(section);
            }
        }

        return null;
    }

    /// <summary>The table that begins in a packet of the PID, without its checksum; empty when none does. Long ones are cut to what is in it.</summary>
    private static ReadOnlySpan<byte> SectionOf(ReadOnlySpan<byte> packet, int pid)
    {
        var (starts, hasPayload) = ((packet[1] & 0x40) != 0, (packet[3] & 0x10) != 0);
        if (!starts || !hasPayload || (((packet[1] & 0x1F) << 8) | packet[2]) != pid)
        {
            return [];
        }

        var at = (packet[3] & 0x20) != 0 ? 5 + packet[4] : 4;
        at += at < packet.Length ? 1 + packet[at] : 0;
        if (at + 3 > packet.Length)
        {
            return [];
        }

        var length = 3 + (((packet[at + 1] & 0x0F) << 8) | packet[at + 2]) - 4;
        return packet.Slice(at, Math.Clamp(length, 0, packet.Length - at));
    }

    private static int ProgrammePid(ReadOnlySpan<byte> section)
    {
        for (var at = 8; at + 4 <= section.Length; at += 4)
        {
            if (section[at] != 0 || section[at + 1] != 0)
            {
                return ((section[at + 2] & 0x1F) << 8) | section[at + 3];
            }
        }

        return 0;
    }

    private static (bool HasPicture, bool HasSound) StreamsOf(ReadOnlySpan<byte> section)
    {
        var (hasPicture, hasSound) = (false, false);
        var at = section.Length < 12 ? section.Length : 12 + Length(section, 10);
        while (at + 5 <= section.Length)
        {
            var (type, size) = (section[at], Length(section, at + 3));
            var descriptors = section.Slice(at + 5, Math.Clamp(size, 0, section.Length - at - 5));
            hasPicture |= IsPicture(type, descriptors);
            hasSound |= IsSound(type, descriptors);
            at += 5 + size;
        }

        return (hasPicture, hasSound);
    }

    private static int Length(ReadOnlySpan<byte> section, int at) => ((section[at] & 0x0F) << 8) | section[at + 1];

    /// <summary>MPEG-1, -2 and -4, H.264 to H.266, AVS, VC-1; AV1 by its registration.</summary>
    private static bool IsPicture(byte type, ReadOnlySpan<byte> descriptors) =>
        type is 0x01 or 0x02 or 0x10 or 0x1B or 0x24 or 0x33 or 0x42 or 0xD1 or 0xEA || (type == 0x06 && IsRegistered(descriptors, "AV01"u8));

    /// <summary>MPEG, AAC, AC-3 and its kin; those of DVB and Opus by their descriptors.</summary>
    private static bool IsSound(byte type, ReadOnlySpan<byte> descriptors) =>
        type is 0x03 or 0x04 or 0x0F or 0x11 or (>= 0x80 and <= 0x87)
        || (type == 0x06 && (Tags(descriptors).ContainsAny((byte)0x6A, (byte)0x7A, (byte)0x7C) || IsRegistered(descriptors, "Opus"u8)));

    private static bool IsRegistered(ReadOnlySpan<byte> descriptors, ReadOnlySpan<byte> name) => descriptors.IndexOf(name) >= 2;

    private static ReadOnlySpan<byte> Tags(ReadOnlySpan<byte> descriptors)
    {
        var tags = new List<byte>();
        for (var at = 0; at + 1 < descriptors.Length; at += 2 + descriptors[at + 1])
        {
            tags.Add(descriptors[at]);
        }

        return tags.ToArray();
    }
}
