using System.Text.Json.Nodes;
using AniWorld.Blazor.Configuration;
using AniWorld.Services.Configuration;
using AniWorld.Services.Scheduling;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Blazor.Tests.Configuration;

public sealed class SpeedScheduleSettingTests : IAsyncDisposable
{
    private const string Path = "downloads.speed_schedule";

    private readonly PageWorld _world = new();
    private readonly SettingsDraft _draft = new(new JsonObject());

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Hours_that_are_added_and_changed_make_a_configuration_that_is_taken()
    {
        var field = _world.Render<SpeedScheduleSetting>(parameters => parameters
            .Add(f => f.Path, Path).Add(f => f.Label, "Hours").AddCascadingValue(_draft));

        await field.FindAll("button").Single(button => button.TextContent.Contains("Add hours", StringComparison.Ordinal)).ClickAsync(new());
        await field.FindAll("input[type=time]")[0].ChangeAsync("22:00");
        await field.FindAll("input[type=time]")[1].ChangeAsync("07:00");
        foreach (var day in field.FindAll(".toggle-chip").Take(6).Select((_, place) => place).ToList())
        {
            await field.FindAll(".toggle-chip")[day].ClickAsync(new());
        }

        Assert.IsType<ConfigChange.Applied>(await _world.Services.GetRequiredService<ConfigService>().PutAsync(_draft.ToPatch()));
        var rule = Assert.Single(_world.Services.GetRequiredService<ConfigService>().Current.Downloads.SpeedSchedule);
        Assert.Equal(("22:00", "07:00", 1), (rule.From, rule.To, rule.LimitMbps));
        Assert.Equal([Schedule.Days[6]], rule.Days);

        await field.Find("button[aria-label='Remove hours 1']").ClickAsync(new());
        Assert.Empty(field.FindAll("input[type=time]"));
    }
}
