using AniWorld.Blazor.Downloads;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Downloads;

public sealed class SpeedLimitMenuTests : IAsyncDisposable
{
    private readonly PageWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_choice_is_the_limit_from_now_on_and_stays_in_the_configuration()
    {
        var menu = _world.Render<SpeedLimitMenu>();
        Assert.Contains("Speed limit: No limit", menu.Markup, StringComparison.Ordinal);

        await menu.Find("button").ClickAsync(new());
        await _world.Popovers.WaitForElements(".mud-menu-item").Single(item => item.TextContent.Trim() == "5 MiB/s").ClickAsync(new());

        menu.WaitForAssertion(() => Assert.Contains("Speed limit: 5 MiB/s", menu.Markup, StringComparison.Ordinal));
        Assert.Equal(5, _world.Services.GetRequiredService<ConfigService>().Current.Downloads.SpeedLimitMbps);
        Assert.Equal(new SpeedLimit(5, null), _world.Services.GetRequiredService<LimitService>().Current);
    }
}
