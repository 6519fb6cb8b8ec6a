namespace AniWorld.Services.History;

/// <summary>Values of <c>HistoryEvent.Kind</c>, for those who read them.</summary>
public static class HistoryKinds
{
    public const string Downloaded = "download.completed";

    public const string DownloadFailed = "download.failed";

    /// <summary>What stands before the dot of a kind: what an event is about.</summary>
    public static string TopicOf(string kind) => kind.Split('.')[0];
}
