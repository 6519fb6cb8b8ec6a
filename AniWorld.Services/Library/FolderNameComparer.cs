namespace AniWorld.Services.Library;

/// <summary>Two names that some file system takes for one are equal: they differ by case or by Unicode form only.</summary>
public sealed class FolderNameComparer : IEqualityComparer<string>
{
    private FolderNameComparer()
    {
    }

    public static FolderNameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) =>
        x is null || y is null ? x == y : string.Equals(WellFormedText.Of(x), WellFormedText.Of(y), StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(string obj) => WellFormedText.Of(obj).GetHashCode(StringComparison.OrdinalIgnoreCase);
}
