using System.Globalization;
using System.Resources;

namespace AniWorld.Blazor.Repair;

/// <summary>What the repair page says, in English or German: <c>RepairTexts.resx</c>.</summary>
internal static class RepairTexts
{
    private static readonly ResourceManager Texts = new(typeof(RepairTexts));

    public static string Of(string name) =>
        Texts.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"There is no text '{name}'.");

    /// <summary>The text with <c>{0}</c> filled in.</summary>
    public static string Of(string name, string value) => string.Format(CultureInfo.CurrentCulture, Of(name), value);
}
