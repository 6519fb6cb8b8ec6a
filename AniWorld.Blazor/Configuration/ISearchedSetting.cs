namespace AniWorld.Blazor.Configuration;

/// <summary>A setting that a search through the settings may find.</summary>
internal interface ISearchedSetting
{
    /// <param name="search">Part of its name, of its path or of what it does.</param>
    bool IsCalled(string search);
}
