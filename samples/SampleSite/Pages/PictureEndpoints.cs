using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AniWorld.SampleSite.Pages;

/// <summary>What the pages show beside text: covers, flags, the style sheet.</summary>
internal static class PictureEndpoints
{
    public static IEndpointRouteBuilder MapPictures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/public/site.css", () => Serve("Pages/site.css", "text/css"));
        routes.MapGet("/public/img/{flag}.svg", (string flag) => Serve($"Flags/{flag}.svg", "image/svg+xml"));
        routes.MapGet("/public/img/cover/{name}.png", (string name) => Serve($"Covers/{name}.png", "image/png"));
        routes.MapGet("/public/img/cover/{name}.jpg", (string name) => Serve($"Covers/{name}.jpg", "image/jpeg"));
        return routes;
    }

    private static IResult Serve(string asset, string contentType) => Asset.Find(asset) is { } bytes
        ? Results.Bytes(bytes, contentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""))
        : Results.NotFound();
}
