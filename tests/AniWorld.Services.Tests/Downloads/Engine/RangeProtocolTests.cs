using AniWorld.Services.Faults;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>Answers that break the rules of HTTP, or lead elsewhere.</summary>
public sealed class RangeProtocolTests : RangeTests
{
    [Fact]
    public async Task A_redirect_that_leads_back_to_itself_is_given_up()
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(302, "<html>moved</html>", "Location: /clip"));

        Assert.Equal(FaultCode.TooManyRedirects, (await World.FaultAsync("/clip")).Code);
        Assert.DoesNotContain(World.Files, name => !name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redirect_is_followed_for_every_request()
    {
        World.Origin.On("/link", exchange => exchange.SendAsync(302, "", "Location: /clip"));
        World.Origin.Serve("/clip", Clip);

        await World.DownloadAsync("/link");

        await AssertWholeAsync();
        // What another connection has made needless may end on the way.
        Assert.InRange(World.Origin.RequestsTo("/clip").Count(), 1, World.Origin.RequestsTo("/link").Count());
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_no_video()
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(302, "<html>moved</html>"));

        Assert.Equal(FaultCode.ProtocolError, (await World.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task Two_different_lengths_are_not_believed()
    {
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, "Content-Length: 1000", $"Content-Length: {Size}");
            await exchange.BodyAsync(Clip);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.ProtocolError, (await World.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task A_body_that_goes_on_past_its_range_is_not_believed()
    {
        World.Options = World.Options with { Connections = 1 };
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(206, $"Content-Range: bytes 0-{Size - 1}/{Size}", "Connection: close");
            await exchange.BodyAsync([.. Clip, .. new byte[5000]]);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.ProtocolError, (await World.FaultAsync("/clip")).Code);
        Assert.DoesNotContain(World.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_length_that_is_too_small_shows_in_the_container()
    {
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Size / 2}");
            await exchange.BodyAsync(Clip);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.Truncated, (await World.FaultAsync("/clip")).Code);
        Assert.Equal(2, Directory.GetFiles(World.QuarantineFolder).Length);
    }

    [Fact]
    public async Task A_compressed_video_was_not_asked_for()
    {
        World.Origin.On("/clip", exchange => exchange.SendAsync(200, Clip, "Content-Encoding: gzip"));

        Assert.Equal(FaultCode.ProtocolError, (await World.FaultAsync("/clip")).Code);
        Assert.Equal("identity", World.Origin.Requests.First().Header("Accept-Encoding"));
    }

    [Fact]
    public async Task A_file_without_a_length_is_whole_when_its_container_is()
    {
        World.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(Clip);
            exchange.Closed = true;
        });

        await World.DownloadAsync("/clip");

        await AssertWholeAsync();
        Assert.All(World.Progress.All.SkipLast(1), progress => Assert.Null(progress.Fraction));
    }
}
