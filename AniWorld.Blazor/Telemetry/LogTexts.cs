using AniWorld.Blazor.Layout;
using Serilog.Events;

namespace AniWorld.Blazor.Telemetry;

/// <summary>What the page of the log says, from <c>LogTexts.resx</c>.</summary>
internal static class LogTexts
{
    private static readonly Texts All = new(typeof(LogTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Level(LogEventLevel level) => All.Of($"Level_{level}");
}
