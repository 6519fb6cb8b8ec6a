using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AniWorld.Blazor.Health;

/// <summary>Which of its reasons a check has, for pages that say it in the reader's language.</summary>
internal static class HealthReason
{
    private const string Member = "reason";

    public static IReadOnlyDictionary<string, object> Of(string reason) => new Dictionary<string, object> { [Member] = reason };

    /// <returns><c>ok</c> for a check that found nothing, <c>unknown</c> for one that could not look.</returns>
    public static string In(HealthReportEntry entry) => entry.Data.TryGetValue(Member, out var reason) ? (string)reason
        : entry.Status is HealthStatus.Healthy ? "ok" : "unknown";
}
