using System.Globalization;
using System.Resources;

namespace AniWorld.Blazor.Configuration;

/// <summary>What pages say about backups, in English or German: <c>BackupTexts.resx</c>.</summary>
internal static class BackupTexts
{
    private static readonly ResourceManager Texts = new(typeof(BackupTexts));

    public static string Of(string name) =>
        Texts.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"There is no text '{name}'.");

    /// <summary>The text with <c>{0}</c>, <c>{1}</c> … filled in.</summary>
    public static string Of(string name, params object?[] values) => string.Format(CultureInfo.CurrentCulture, Of(name), values);

    /// <summary>Why a backup was made; one that a newer version knows is named as it is.</summary>
    public static string Reason(string reason) => Texts.GetString($"Reason_{reason}", CultureInfo.CurrentUICulture) ?? reason;

    public static string Part(string part) => Of($"Part_{part}");
}
