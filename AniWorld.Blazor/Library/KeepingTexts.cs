using AniWorld.Blazor.Layout;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Library;

/// <summary>What pages say about damaged files and the renaming of files, from <c>KeepingTexts.resx</c>.</summary>
internal static class KeepingTexts
{
    private static readonly Texts All = new(typeof(KeepingTexts));

    public static string Of(string name) => All.Of(name);

    public static string Of(string name, params object?[] values) => All.Of(name, values);

    public static string Count(string name, int count) => All.Count(name, count);

    /// <summary>What is wrong with a damaged file, without its path: that is plain from where it is said.</summary>
    public static string Damage(EpisodeFileView file) => All.Find($"Damage_{file.Problem!.Split(':')[0]}") ?? Of("Damage");

    public static string Obstacle(RenameLeft left) => Of($"Obstacle_{left.Obstacle}", left.Wanted);
}
