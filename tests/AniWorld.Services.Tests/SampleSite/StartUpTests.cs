using AniWorld.SampleSite;

namespace AniWorld.Services.Tests.SampleSite;

public sealed class StartUpTests
{
    [Fact]
    public async Task Many_sites_run_beside_each_other()
    {
        await using var first = await RunningSampleSite.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var second = await RunningSampleSite.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(first.BaseAddress, second.BaseAddress);
    }

    [Fact]
    public void An_amount_of_bytes_may_have_a_unit()
    {
        var options = CommandLine.Read(["--throttle", "500K", "--pad", "2G"]);

        Assert.Equal(500 * 1024, options.Throttle);
        Assert.Equal(2L << 30, options.PadTo);
        Assert.Throws<FormatException>(() => CommandLine.Read(["--pad", "much"]));
    }
}
