using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests;

/// <summary>Options that a test sets, and may change while things run.</summary>
internal sealed class FixedOptions(AniWorldOptions value) : IOptionsMonitor<AniWorldOptions>
{
    public AniWorldOptions CurrentValue { get; set; } = value;

    public AniWorldOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;
}
