using System.Globalization;
using System.IO.Compression;

namespace AniWorld.SampleSite.Faults;

/// <summary>Answers that stand in for the right one.</summary>
internal static class FaultyAnswers
{
    private const long DefaultBomb = 1L << 30;

    public static Task StatusAsync(HttpResponse response, Fault fault)
    {
        response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        response.ContentType = "text/plain";
        return response.WriteAsync($"The sample site was told to answer {fault.Status} here.\n");
    }

    public static Task HtmlAsync(HttpResponse response, Fault fault)
    {
        response.ContentType = fault.ContentType ?? "text/html; charset=utf-8";
        return response.WriteAsync("<!DOCTYPE html><html><head><title>One moment</title></head><body><p>This is not what you asked for.</p></body></html>\n");
    }

    public static async Task GzipBombAsync(HttpResponse response, Fault fault, CancellationToken ending)
    {
        response.ContentType = fault.ContentType ?? "text/html; charset=utf-8";
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var zeros = new byte[1 << 20];
        for (var left = fault.Bytes ?? DefaultBomb; left > 0; left -= zeros.Length)
        {
            await gzip.WriteAsync(zeros.AsMemory(0, (int)Math.Min(zeros.Length, left)), ending);
        }
    }
}
