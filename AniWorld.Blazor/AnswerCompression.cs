using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace AniWorld.Blazor;

/// <summary>Brotli and gzip for what programs read, over https too.</summary>
/// <remarks>
/// Not for <c>/api/auth</c>: the length of a compressed answer tells something of a secret in it to whoever can have text of his own put
/// beside it (BREACH). The other answers hold none; the configuration's are masked. Pages, scripts and styles are small or compressed
/// when they are built, pictures by their nature, and a WebSocket is no answer.
/// </remarks>
internal static class AnswerCompression
{
    private static readonly PathString[] Compressed = ["/api", "/openapi", "/metrics"];
    private static readonly PathString[] Secret = ["/api/auth"];

    public static IServiceCollection AddAnswerCompression(this IServiceCollection services) => services
        .AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json", "text/calendar", "text/plain"];
        })
        // Lists are made anew with each change: a little smaller is not worth the time of the higher levels.
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);

    public static IApplicationBuilder UseAnswerCompression(this IApplicationBuilder app) => app.UseWhen(
        context => Compressed.Any(path => context.Request.Path.StartsWithSegments(path))
            && !Secret.Any(path => context.Request.Path.StartsWithSegments(path)),
        answers => answers.UseResponseCompression());
}
