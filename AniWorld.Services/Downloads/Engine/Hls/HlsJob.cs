using AniWorld.Services.Streaming;

namespace AniWorld.Services.Downloads.Engine.Hls;

/// <summary>What all parts of one HLS download work for.</summary>
/// <param name="Track">The playlist's address and who may see the referer.</param>
internal sealed record HlsJob(MediaTrack Track, MediaDownloadOptions Options, TransferTally Tally, TransferShare Share);
