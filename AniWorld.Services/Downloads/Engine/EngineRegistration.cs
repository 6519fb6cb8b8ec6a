using AniWorld.Services.Downloads.Engine.Hls;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Downloads.Engine;

public static class EngineRegistration
{
    /// <summary>The engine: <see cref="IMediaDownloader"/>. Needs <see cref="Outbound.OutboundRegistration.AddOutbound"/>.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<TransferLimits>()
        .AddSingleton<PlaylistReader>()
        .AddSingleton<RangeDownloader>()
        .AddSingleton<SubtitleDownloader>()
        .AddSingleton<HlsDownloader>()
        .AddSingleton<MediaFinisher>()
        .AddSingleton<IMediaDownloader, MediaDownloader>();
}
