using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AniWorld.Blazor.Tests.Layout;

public sealed partial class PageTextsTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Assembly Pages = typeof(Program).Assembly;
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>What people read of a component or an element; names of places, programs and units are the same in all languages.</summary>
    private static readonly HashSet<string> Read =
        ["alt", "aria-label", "aria-description", "AriaLabel", "AddLabel", "HelperText", "Help", "Label", "Lead", "Placeholder", "placeholder", "Text", "Title", "title"];

    public static TheoryData<string> Resources => [.. Pages.GetManifestResourceNames().Where(name => name.EndsWith(".resources", StringComparison.Ordinal))
        .Select(name => name[..^".resources".Length])];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_text_is_there_in_German_with_the_same_places(string name)
    {
        var resources = new ResourceManager(name, Pages);
        var english = All(resources, CultureInfo.InvariantCulture);
        var german = All(resources, German);

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), german.Keys.Order());
        Assert.All(english, text => Assert.Equal(PlacesOf(text.Value), PlacesOf(german[text.Key])));
    }

    [Fact]
    public void No_component_says_anything_that_is_not_in_the_resource_files()
    {
        var said = Pages.GetTypes().Where(IsComponent).SelectMany(type => type.GetMethods(Any)).SelectMany(SaidBy).Distinct().Order();

        Assert.True(!said.Any(), string.Join('\n', said));
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var missing = new List<string>();
        foreach (var file in Sources())
        {
            var source = File.ReadAllText(file);
            var own = StaticTexts().Match(source) is { Success: true } match ? match.Groups[1].Value : null;
            foreach (Match use in Use().Matches(source))
            {
                var texts = use.Groups["texts"] is { Success: true } named ? named.Value : own;
                var known = texts is null || Pages.GetTypes().FirstOrDefault(type => type.Name == texts) is not { } type || Knows(type, use);
                if (!known)
                {
                    missing.Add($"{Path.GetFileName(file)}: {use.Value}");
                }
            }
        }

        Assert.Empty(missing);
    }

    private static bool Knows(Type texts, Match use)
    {
        var names = All(new ResourceManager(texts), CultureInfo.InvariantCulture).Keys;
        var name = use.Groups["name"].Value;
        return names.Contains(name) || (names.Contains($"{name}_One") && names.Contains($"{name}_Many"));
    }

    private static Dictionary<string, string> All(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> PlacesOf(string text) => Place().Matches(text).Select(place => place.Value).Distinct().Order();

    private static bool IsComponent(Type? type) => type is not null && (typeof(ComponentBase).IsAssignableFrom(type) || IsComponent(type.DeclaringType));

    private static IEnumerable<string> SaidBy(MethodInfo method)
    {
        var code = CompiledText.Read(method);
        for (var i = 0; i < code.Count; i++)
        {
            if (code[i] is string text && IsSaid(code, i, text))
            {
                yield return $"{method.DeclaringType!.FullName}: {text}";
            }
        }
    }

    private static bool IsSaid(IReadOnlyList<object?> code, int at, string text)
    {
        text = Common().Replace(text, "");
        var users = code.Skip(at + 1).OfType<MethodBase>().Take(10).ToList();
        var shown = users.FindIndex(used => used.DeclaringType == typeof(RenderTreeBuilder));
        if (users.Take(shown < 0 ? users.Count : shown).Any(used => used.DeclaringType?.Name.EndsWith("Texts", StringComparison.Ordinal) is true))
        {
            // The name of a text, or a part of one.
            return false;
        }

        return shown == 0 && users[0].Name is (nameof(RenderTreeBuilder.AddMarkupContent) or nameof(RenderTreeBuilder.AddContent))
            ? HasWords(text)
            : at > 0 && code[at - 1] is string name && Read.Contains(name) ? HasWords(text) : IsSentence(code, at, text);
    }

    private static bool HasWords(string text) =>
        Word().IsMatch(Tag().Replace(text, "")) || Attribute().Matches(text).Any(attribute => Word().IsMatch(attribute.Groups[1].Value));

    /// <summary>Sentences for the log and for whoever develops are English.</summary>
    private static bool IsSentence(IReadOnlyList<object?> code, int at, string text) =>
        Sentence().IsMatch(Tag().Replace(text, "").Trim())
        && !code.Skip(at + 1).Take(12).OfType<MethodBase>().Any(used =>
            used.DeclaringType?.Name is "LoggerExtensions" || typeof(Exception).IsAssignableFrom(used.DeclaringType));

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var project = Path.GetFullPath(Path.Combine(here, "../../../../AniWorld.Blazor"));
        return new[] { "*.razor", "*.cs" }
            .SelectMany(pattern => Directory.EnumerateFiles(project, pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{\w+(?::[^}]*)?\}")]
    private static partial Regex Place();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""\b(?:aria-label|title|alt|placeholder)="([^"]*)"\s""")]
    private static partial Regex Attribute();

    [GeneratedRegex("AniWorld|aw_|MiB/s|Europe/Berlin|Sternenlotse: Kurs Nord|/srv/aniworld|ffmpeg|&[a-z]+;")]
    private static partial Regex Common();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\p{Lu}\p{Ll}*[,:]? \p{L}+")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?:(?<texts>\w+Texts)\.|(?<![\w.]))(?:Of|Text|Count)\(""(?<name>\w+)""(?=[,)])")]
    private static partial Regex Use();

    [GeneratedRegex(@"using static [\w.]*\.(\w+Texts)\b")]
    private static partial Regex StaticTexts();
}
