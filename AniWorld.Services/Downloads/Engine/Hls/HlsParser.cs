using System.Globalization;
using AniWorld.Services.Faults;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>Reads playlists (RFC 8216). Does no I/O; refuses what cannot be downloaded before anything of it is opened.</summary>
internal sealed class HlsParser
{
    private readonly Uri _base;
    private readonly int _mostSegments;
    private readonly List<HlsVariant> _variants = [];
    private readonly List<HlsRendition> _renditions = [];
    private readonly List<HlsSegment> _segments = [];

    private HlsAttributes? _variant;
    private double? _seconds;
    private (long Length, long? Offset)? _range;
    private HlsKey? _key;
    private HlsMap? _map;
    private long _sequence;
    private bool _startsRun;
    private bool _ended;

    private HlsParser(Uri playlist, int mostSegments) => (_base, _mostSegments) = (playlist, mostSegments);

    /// <param name="playlist">The address that answered: relative ones count from it.</param>
    /// <exception cref="FaultException">
    /// <c>playlist_invalid</c>, <c>playlist_too_large</c>, <c>live_stream</c>, <c>unsupported_encryption</c>, <c>blocked_scheme</c>.
    /// </exception>
    public static HlsPlaylist Parse(string text, Uri playlist, int mostSegments) => new HlsParser(playlist, mostSegments).Parse(text);

    private HlsPlaylist Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.TrimEntries);
        if (!lines[0].StartsWith("#EXTM3U", StringComparison.Ordinal))
        {
            throw Invalid(new Sentence("fault_playlist_begin"));
        }

        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            if (line[0] != '#')
            {
                TakeUri(line);
            }
            else if (line.StartsWith("#EXT", StringComparison.Ordinal))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                TakeTag(colon < 0 ? line : line[..colon], colon < 0 ? "" : line[(colon + 1)..]);
            }
        }

        if (_variants.Count > 0)
        {
            return new HlsMaster(_variants, _renditions);
        }

        return _segments.Count == 0 ? throw Invalid(new Sentence("fault_playlist_empty"))
            : _ended ? new HlsMedia(_segments)
            : throw new FaultException(
                FaultCode.LiveStream, new Sentence("fault_live", _base.Authority));
    }

    private void TakeTag(string tag, string value)
    {
        switch (tag)
        {
            case "#EXT-X-STREAM-INF":
                _variant = new(value);
                break;
            case "#EXT-X-MEDIA":
                TakeRendition(new(value));
                break;
            case "#EXTINF":
                _seconds = Number(value.Split(',')[0]);
                break;
            case "#EXT-X-BYTERANGE":
                _range = Range(value);
                break;
            case "#EXT-X-MEDIA-SEQUENCE":
                _sequence = Whole(value);
                break;
            case "#EXT-X-DISCONTINUITY":
                _startsRun = true;
                break;
            case "#EXT-X-KEY" or "#EXT-X-SESSION-KEY":
                TakeKey(tag, new(value));
                break;
            case "#EXT-X-MAP":
                TakeMap(new(value));
                break;
            case "#EXT-X-GAP":
                throw new FaultException(FaultCode.SegmentMissing, new Sentence("fault_playlist_gap", _base.Authority));
            case "#EXT-X-I-FRAMES-ONLY":
                throw Invalid(new Sentence("fault_playlist_key_frames"));
            case "#EXT-X-ENDLIST":
                _ended = true;
                break;
        }
    }

    private void TakeUri(string line)
    {
        if (_variant is { } variant)
        {
            _variants.Add(new(
                Resolve(line), LongOrNone(variant["BANDWIDTH"]) ?? 0, Height(variant), variant["CODECS"], variant["AUDIO"], variant["SUBTITLES"]));
            _variant = null;
            return;
        }

        if (_seconds is not { } seconds)
        {
            throw Invalid(new Sentence("fault_playlist_no_extinf", _segments.Count + 1));
        }

        if (_segments.Count == _mostSegments)
        {
            throw new FaultException(
                FaultCode.PlaylistTooLarge, new Sentence("fault_playlist_segments", _base.Authority, _mostSegments));
        }

        var uri = Resolve(line);
        _segments.Add(new(uri, seconds, _sequence++, Position(uri), _key, _map, _startsRun && _segments.Count > 0));
        (_seconds, _range, _startsRun) = (null, null, false);
    }

    /// <summary>A range without an offset begins where the one before, of the same file, ends.</summary>
    private ByteRange? Position(Uri uri)
    {
        if (_range is not { } range)
        {
            return null;
        }

        var before = _segments.Count > 0 && _segments[^1].Uri == uri ? _segments[^1].Range?.End : null;
        var start = range.Offset ?? before ?? throw Invalid(new Sentence("fault_playlist_no_offset"));
        return new(start, start + range.Length);
    }

    private void TakeRendition(HlsAttributes attributes)
    {
        RenditionKind? kind = attributes["TYPE"] switch
        {
            "AUDIO" => RenditionKind.Audio,
            "SUBTITLES" => RenditionKind.Subtitles,
            _ => null,
        };
        if (kind is not null)
        {
            _renditions.Add(new(kind.Value, attributes["GROUP-ID"] ?? "", attributes["URI"] is { } uri ? Resolve(uri) : null)
            {
                Language = attributes["LANGUAGE"],
                IsDefault = attributes["DEFAULT"] == "YES",
                IsForced = attributes["FORCED"] == "YES",
                IsDescription = attributes["CHARACTERISTICS"]?.Contains("describes-video", StringComparison.Ordinal) is true,
            });
        }
    }

    private void TakeKey(string tag, HlsAttributes attributes)
    {
        var method = attributes["METHOD"];
        if (method != "NONE" && (method != "AES-128" || attributes["KEYFORMAT"] is not (null or "identity")))
        {
            throw new FaultException(
                FaultCode.UnsupportedEncryption,
                new Sentence("fault_protected", _base.Authority, attributes["KEYFORMAT"] is { } format ? $"{method}, {format}" : method));
        }

        if (tag == "#EXT-X-KEY")
        {
            _key = method == "NONE" ? null : new HlsKey(Resolve(attributes["URI"] ?? throw Invalid(new Sentence("fault_playlist_key"))), Iv(attributes["IV"]));
        }
    }

    private void TakeMap(HlsAttributes attributes)
    {
        var uri = Resolve(attributes["URI"] ?? throw Invalid(new Sentence("fault_playlist_map")));
        var range = attributes["BYTERANGE"] is { } text && Range(text) is var (length, offset) ? new ByteRange(offset ?? 0, (offset ?? 0) + length) : (ByteRange?)null;
        var map = new HlsMap(uri, range, _key?.Iv is null ? null : _key);
        _startsRun |= _map is not null && (_map.Uri != map.Uri || _map.Range != map.Range);
        _map = map;
    }

    private byte[]? Iv(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        try
        {
            return digits.Length <= 32 ? Convert.FromHexString(digits.PadLeft(32, '0')) : throw Invalid(new Sentence("fault_playlist_iv_long"));
        }
        catch (FormatException)
        {
            throw Invalid(new Sentence("fault_playlist_iv"));
        }
    }

    private Uri Resolve(string text)
    {
        // Against a base of http only: by itself "/seg.ts" would be a file on Unix.
        if (!Uri.TryCreate(_base, text, out var uri))
        {
            throw Invalid(new Sentence("fault_playlist_address"));
        }

        return uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new FaultException(
                FaultCode.BlockedScheme, new Sentence("fault_playlist_scheme", _base.Authority, uri.Scheme));
    }

    private (long Length, long? Offset) Range(string text)
    {
        var parts = text.Split('@');
        var (length, offset) = (Whole(parts[0]), parts.Length > 1 ? Whole(parts[1]) : (long?)null);
        return length > 0 && (offset ?? 0) <= long.MaxValue - length ? (length, offset) : throw Invalid(new Sentence("fault_playlist_range"));
    }

    private double Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e6
            ? number
            : throw Invalid(new Sentence("fault_playlist_duration", Short(text)));

    private long Whole(string text) => LongOrNone(text) ?? throw Invalid(new Sentence("fault_playlist_number", Short(text)));

    private static long? LongOrNone(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Height(HlsAttributes variant) =>
        variant["RESOLUTION"]?.Split('x') is [_, var height] && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
            ? pixels
            : null;

    private static string Short(string text) => text.Length <= 20 ? text : text[..20] + "…";

    private FaultException Invalid(Sentence what) =>
        new(FaultCode.PlaylistInvalid, new Sentence("fault_playlist", _base.Authority, what));
}
