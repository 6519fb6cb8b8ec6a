using System.Text.RegularExpressions;

namespace AniWorld.Blazor.Tests.Documentation;

/// <summary>The documentation's links and pictures.</summary>
public sealed partial class HandbookTests
{
    private const int LargestPicture = 150 << 10;
    private const int AllPictures = 2_500 << 10;

    private static readonly string Pictures = Path.Join(Repository.Root, "docs", "handbook", "pictures");

    private static IEnumerable<string> Pages =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
        .. Directory.EnumerateFiles(Path.Join(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
    ];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = from page in Pages from target in LinksOf(page) where !Leads(page, target) select $"{Path.GetFileName(page)}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void The_handbook_has_a_link_to_each_of_its_pages()
    {
        var handbook = Path.Join(Repository.Root, "docs", "handbook");

        Assert.Equal(
            Directory.EnumerateFiles(handbook, "*.md").Select(Path.GetFileName).Where(name => name != "README.md").Order(),
            LinksOf(Path.Join(handbook, "README.md")).Select(link => link.Split('#')[0]).Where(link => link.EndsWith(".md", StringComparison.Ordinal) && !link.Contains('/')).Distinct().Order());
    }

    [Fact]
    public void Every_picture_is_shown_somewhere_and_is_small()
    {
        var shown = (from page in Pages from link in LinksOf(page) select Path.GetFullPath(Path.Join(Path.GetDirectoryName(page), link))).ToHashSet();
        var pictures = new DirectoryInfo(Pictures).GetFiles();

        Assert.NotEmpty(pictures);
        Assert.DoesNotContain(pictures, picture => !shown.Contains(picture.FullName));
        Assert.DoesNotContain(pictures, picture => picture.Length > LargestPicture);
        Assert.InRange(pictures.Sum(picture => picture.Length), 1, AllPictures);
    }

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page : Path.Join(Path.GetDirectoryName(page), parts[0]);
        return (File.Exists(path) || Directory.Exists(path)) && (parts.Length == 1 || HeadingsOf(path).Contains(parts[1]));
    }

    /// <summary>Those that stay within the repository.</summary>
    private static IEnumerable<string> LinksOf(string page) => Link().Matches(Code().Replace(File.ReadAllText(page), ""))
        .Select(link => link.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>As the usual hosts of repositories make anchors of headings.</summary>
    private static HashSet<string> HeadingsOf(string page) =>
    [
        .. Heading().Matches(Fence().Replace(File.ReadAllText(page), ""))
            .Select(heading => NotInAnchors().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    [GeneratedRegex("""\]\((?<target>[^)\s]+)\)|<img src="(?<target>[^"]+)" """)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    /// <summary>Fenced, or within a line.</summary>
    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`(?!\])", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
