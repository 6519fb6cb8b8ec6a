using System.IO.Compression;
using System.Text;
using AniWorld.Services.Faults;
using AniWorld.Services.Tests.Downloads.Engine;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Outbound;

public sealed class BoundedContentTests : IAsyncLifetime
{
    private readonly Origin _origin = new();
    private readonly FakeTimeProvider _time = new();
    private OutboundWorld _world = null!;

    public ValueTask InitializeAsync()
    {
        _world = new OutboundWorld(_time, _origin.Authority);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _world.Dispose();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task A_body_is_decoded(string encoding)
    {
        var text = string.Concat(Enumerable.Repeat("Grüße ", 10_000));

        Assert.Equal(text, await ReadTextAsync(Encode(Encoding.UTF8.GetBytes(text), encoding), encoding));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_that_was_cut_is_truncated(string encoding)
    {
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        var encoded = Encode(noise, encoding);

        var fault = await Assert.ThrowsAsync<FaultException>(() => ReadTextAsync(encoded[..(encoded.Length / 2)], encoding));

        Assert.Equal(FaultCode.Truncated, fault.Code);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_too_large(string encoding)
    {
        var bomb = Encode(new byte[100 << 20], encoding);
        var before = GC.GetTotalAllocatedBytes();

        var fault = await Assert.ThrowsAsync<FaultException>(() => ReadTextAsync(bomb, encoding));

        Assert.Equal(FaultCode.TooLarge, fault.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_past_the_limit_is_too_large_with_and_without_a_length(bool announced)
    {
        _origin.On("/x", async exchange =>
        {
            await exchange.HeadAsync(200, announced ? "Content-Length: 2000000" : "Connection: close");
            await exchange.BodyAsync(new byte[2_000_000]);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.TooLarge, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_body_shorter_than_announced_is_truncated()
    {
        _origin.On("/x", async exchange =>
        {
            await exchange.HeadAsync(200, "Content-Length: 100");
            await exchange.BodyAsync(new byte[50]);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.Truncated, (await FaultAsync()).Code);
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_stalled()
    {
        _origin.On("/x", async exchange =>
        {
            await exchange.HeadAsync(200, "Content-Length: 100");
            await exchange.SilenceAsync();
        });
        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")));
        var reading = _world.Content.ReadAsync(response, 1000);

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(FaultCode.Stalled, (await Assert.ThrowsAsync<FaultException>(() => reading)).Code);
    }

    [Fact]
    public async Task The_charset_of_the_answer_is_obeyed()
    {
        _origin.On("/x", exchange => exchange.SendAsync(200, Encoding.Latin1.GetBytes("Grüße"), "Content-Type: text/html; charset=iso-8859-1"));
        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")));

        Assert.Equal("Grüße", await _world.Content.ReadTextAsync(response, 1000));
    }

    private static byte[] Encode(byte[] bytes, string encoding)
    {
        var output = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "gzip" => new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true),
            _ => output,
        })
        {
            encoder.Write(bytes);
        }

        return output.ToArray();
    }

    private async Task<string> ReadTextAsync(byte[] body, string encoding)
    {
        _origin.On("/x", exchange => exchange.SendAsync(200, body, $"Content-Encoding: {encoding}"));
        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")));
        return await _world.Content.ReadTextAsync(response, 1 << 20);
    }

    private async Task<FaultException> FaultAsync()
    {
        using var response = await _world.Client.SendAsync(new(HttpMethod.Get, _origin.Url("/x")));
        return await Assert.ThrowsAsync<FaultException>(() => _world.Content.ReadAsync(response, 1 << 20));
    }
}
