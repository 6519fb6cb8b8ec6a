namespace AniWorld.Services.Policy;

/// <summary>Why an episode is as it is. These are the names in the API, in the database and of the sentences.</summary>
public static class DecisionCode
{
    /// <summary>It waits in the queue, or is being fetched. Arguments: <c>language</c>.</summary>
    public const string Queued = "queued";

    /// <summary>The same, after a try that did not succeed; with the date of the next one. Arguments: <c>language</c>, <c>error</c>.</summary>
    public const string Retrying = "retrying";

    /// <summary>On disk as the profile asks for. Arguments: <c>languages</c>.</summary>
    public const string Have = "have";

    /// <summary>On disk in a language that nobody named, which counts as good enough.</summary>
    public const string HaveUnknown = "have_unknown";

    /// <summary>On disk short of the cut-off, with nothing better on offer. Arguments: <c>languages</c>, <c>cutoff</c>.</summary>
    public const string BelowCutoff = "below_cutoff";

    /// <summary>A better one is to be fetched and to take the place of what is there. Arguments: <c>languages</c>, <c>language</c>.</summary>
    public const string Upgrade = "upgrade";

    /// <summary>A better one is to be fetched and kept beside what is there. Arguments: <c>languages</c>, <c>language</c>.</summary>
    public const string UpgradeBeside = "upgrade_beside";

    /// <summary>A better one is on offer, and until the date an even better one may come. Arguments: <c>languages</c>, <c>language</c>, <c>better</c>, <c>since</c>.</summary>
    public const string UpgradeWaiting = "upgrade_waiting";

    /// <summary>The user does not want it.</summary>
    public const string Ignored = "ignored";

    /// <summary>The user deleted its file. Arguments: <c>date</c>.</summary>
    public const string Removed = "removed";

    /// <summary>The source has offered it in no language so far.</summary>
    public const string NotOffered = "not_offered";

    /// <summary>The source no longer offers it.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>Offered in other languages than those of the profile. Arguments: <c>offered</c>, <c>profile</c>.</summary>
    public const string LanguageMissing = "language_missing";

    /// <summary>It could be fetched, but the series is not monitored. Arguments: <c>language</c>.</summary>
    public const string NotMonitored = "not_monitored";

    /// <summary>Its download failed, and is not tried again by itself. Arguments: <c>error</c>.</summary>
    public const string Failed = "failed";

    /// <summary>Its download failed; another try is due on the date. Arguments: <c>error</c>.</summary>
    public const string FailedForNow = "failed_for_now";

    /// <summary>The user took it out of the queue. Arguments: <c>date</c>.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Until the date a better language may come. Arguments: <c>language</c>, <c>better</c>, <c>since</c>.</summary>
    public const string Waiting = "waiting";

    /// <summary>It is to be fetched. Arguments: <c>language</c>.</summary>
    public const string Missing = "missing";

    /// <summary>In the order in which a list of them makes sense to people.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Missing, Waiting, Queued, Retrying, FailedForNow, Failed, Cancelled, Upgrade, UpgradeBeside, UpgradeWaiting, Ignored, Removed,
        LanguageMissing, NotOffered, Withdrawn, NotMonitored, BelowCutoff, Have, HaveUnknown,
    ];
}
