using AniWorld.Blazor.Layout;

namespace AniWorld.Blazor.Configuration;

/// <summary>What pages say about backups, from <c>BackupTexts.resx</c>.</summary>
internal static class BackupTexts
{
    private static readonly Texts All = new(typeof(BackupTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    /// <summary>Why a backup was made; one that a newer version knows is named as it is.</summary>
    public static string Reason(string reason) => All.Find($"Reason_{reason}") ?? reason;

    public static string Part(string part) => Of($"Part_{part}");
}
