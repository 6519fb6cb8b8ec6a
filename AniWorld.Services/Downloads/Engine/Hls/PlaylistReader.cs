using AniWorld.Services.Configuration;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <param name="Audio">The sound, when it has a playlist of its own.</param>
/// <param name="SaysSound">Whether the master playlist names sound, in the picture's segments or apart.</param>
internal sealed record HlsSelection(HlsMedia Video, HlsMedia? Audio, bool SaysSound, IReadOnlyList<HlsRendition> Subtitles);

/// <summary>Fetches a playlist and, from a master playlist, those of the chosen picture and its sound.</summary>
internal sealed class PlaylistReader(
    OutboundClient outbound, BoundedContent content, IOptionsMonitor<AniWorldOptions> settings, TimeProvider time)
{
    public async Task<HlsSelection> ReadAsync(MediaTrack track, MediaDownloadOptions options, CancellationToken cancellationToken)
    {
        var playlist = await FetchAsync(track, track.Url, options, cancellationToken);
        if (playlist is not HlsMaster master)
        {
            return new((HlsMedia)playlist, null, SaysSound: false, []);
        }

        var wish = new TrackWish(options.Language);
        var variant = master.Choose(options.MaxHeight);
        var audio = master.AudioOf(variant, wish.Audio);
        return new(
            await ReadMediaAsync(track, variant.Uri, options, cancellationToken),
            audio is null ? null : await ReadMediaAsync(track, audio.Uri!, options, cancellationToken),
            variant.HasSound,
            [.. master.SubtitlesOf(variant, wish)]);
    }

    /// <summary>A playlist that has to be of segments.</summary>
    public async Task<HlsMedia> ReadMediaAsync(MediaTrack track, Uri uri, MediaDownloadOptions options, CancellationToken cancellationToken) =>
        await FetchAsync(track, uri, options, cancellationToken) as HlsMedia
            ?? throw new FaultException(FaultCode.PlaylistInvalid, new Sentence("fault_playlist_nested"));

    private async Task<HlsPlaylist> FetchAsync(MediaTrack track, Uri uri, MediaDownloadOptions options, CancellationToken cancellationToken) =>
        await TransferRetry.Create(options, time).ExecuteAsync(
            async token => await FetchOnceAsync(uri, Referers.For(track, uri), token), cancellationToken);

    private async Task<HlsPlaylist> FetchOnceAsync(Uri uri, Uri? referer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", BoundedContent.AcceptEncoding);
        request.Headers.Referrer = referer;
        using var response = await outbound.SendAsync(request, cancellationToken);
        if (OutboundFaults.OfStatus(response, time) is { } fault)
        {
            throw fault;
        }

        var limits = settings.CurrentValue.Limits;
        try
        {
            var text = await content.ReadTextAsync(response, limits.PlaylistBytes, cancellationToken);
            return HlsParser.Parse(text, response.RequestMessage!.RequestUri!, limits.PlaylistSegments);
        }
        catch (FaultException e) when (e.Code == FaultCode.TooLarge)
        {
            throw new FaultException(
                FaultCode.PlaylistTooLarge, new Sentence("fault_playlist_large", uri.Authority, limits.PlaylistBytes), e);
        }
    }
}

/// <summary>Who may see a track's referer: the origin of its address.</summary>
internal static class Referers
{
    public static Uri? For(MediaTrack track, Uri uri) => Redirection.SameOrigin(track.Url, uri) ? track.Referer : null;
}
