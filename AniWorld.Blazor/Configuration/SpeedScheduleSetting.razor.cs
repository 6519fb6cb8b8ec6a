using System.Text.Json.Serialization;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Configuration;

/// <summary>Hours with a speed limit of their own.</summary>
public sealed partial class SpeedScheduleSetting(ConfigService configuration) : SettingField<List<SpeedHours>>(configuration)
{
    private IReadOnlyList<SpeedHours> Hours => Value ?? [];

    private void Add() => Set([.. Hours, new SpeedHours()]);

    private void Change(int place, SpeedHours hours) => Set([.. Hours.Select((one, i) => i == place ? hours : one)]);

    private void Remove(int place) => Set([.. Hours.Where((_, i) => i != place)]);
}

/// <summary>One entry of <c>downloads.speed_schedule</c>, in the contract's shape.</summary>
public sealed record SpeedHours
{
    [JsonPropertyName("days")]
    public List<string> Days { get; init; } = [];

    [JsonPropertyName("from")]
    public string From { get; init; } = "18:00";

    [JsonPropertyName("to")]
    public string To { get; init; } = "23:00";

    [JsonPropertyName("limit_mbps")]
    public double LimitMbps { get; init; } = 1;
}
