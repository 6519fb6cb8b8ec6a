using AniWorld.Services.Catalogue.YtDlp;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Streaming;

/// <summary>The link leads to a page that <c>yt-dlp</c> can read. Asked last, and only when it is installed and switched on as a source.</summary>
internal sealed class YtDlpResolver(YtDlpTool tool, MediaTools tools, IOptionsMonitor<AniWorldOptions> options) : IStreamResolver
{
    public async Task<MediaStream?> ResolveAsync(HosterPage page, CancellationToken cancellationToken = default)
    {
        if (!tool.IsInstalled || options.CurrentValue.Providers.GetValueOrDefault(YtDlpProvider.ProviderName) is not { Enabled: true } || page.Kind != AnswerKind.Page)
        {
            return null;
        }

        var formats = YtDlpStream.Formats(options.CurrentValue.Downloads.MaxHeight, canJoin: tools.Ffmpeg is not null);
        using var answer = await tool.AskAsync(page.Address, ["--no-playlist", "--playlist-items", "1", "--format", formats], cancellationToken);
        return YtDlpStream.Of(answer.RootElement, page.Address);
    }
}
