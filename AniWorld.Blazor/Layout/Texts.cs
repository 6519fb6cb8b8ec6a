using System.Globalization;
using System.Resources;

namespace AniWorld.Blazor.Layout;

/// <summary>The texts of a resource file, in the reader's language: English or German.</summary>
/// <param name="owner">The type that the file is named after.</param>
internal sealed class Texts(Type owner)
{
    private readonly ResourceManager _texts = new(owner);

    /// <returns><see langword="null"/> when there is none of that name.</returns>
    public string? Find(string name) => _texts.GetString(name, CultureInfo.CurrentUICulture);

    /// <exception cref="MissingManifestResourceException">There is none of that name.</exception>
    public string Of(string name) => Find(name) ?? throw new MissingManifestResourceException($"There is no text '{name}'.");

    /// <summary>The text with <c>{0}</c>, <c>{1}</c> … filled in.</summary>
    public string Of(string name, params object?[] values) => string.Format(CultureInfo.CurrentCulture, Of(name), values);

    /// <summary>Of one (<c>{name}_One</c>) or of any other number (<c>{name}_Many</c>, with it as <c>{0}</c>), such as <c>3 episodes</c>.</summary>
    public string Count(string name, int count) => Of(count == 1 ? $"{name}_One" : $"{name}_Many", count);
}
