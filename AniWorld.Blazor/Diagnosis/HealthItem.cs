namespace AniWorld.Blazor.Diagnosis;

/// <summary>What was found about one thing, for the page: how it is, and where it can be mended.</summary>
/// <param name="Check">The thing's name.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> (it works, somebody should look) or <c>failed</c>.</param>
/// <param name="Reason">Of the text that says it, below <c>Health_</c>.</param>
/// <param name="Fix">Where it can be mended; <see langword="null"/> when nothing is to be done, or not here.</param>
/// <param name="Values">What the text has to be filled in with.</param>
public sealed record HealthItem(string Check, string State, string Reason, HealthFix? Fix, params IReadOnlyList<string> Values)
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Failed = "failed";

    public string Name => SystemTexts.Of($"Check_{Check}");

    public string Sentence => SystemTexts.Of($"Health_{Reason}", [.. Values]);

    public string StateName => SystemTexts.Of($"State_{State}");
}

/// <param name="Name">Of the text on the link, below <c>Fix_</c>.</param>
/// <param name="Href">Of a page here, or of another site.</param>
public sealed record HealthFix(string Name, string Href)
{
    public static HealthFix Logs { get; } = new("logs", "logs?level=warning");

    public static HealthFix Backups { get; } = new("backups", "settings/backups");

    public bool IsElsewhere => Href.StartsWith("https:", StringComparison.Ordinal);
}
