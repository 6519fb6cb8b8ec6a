using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;

namespace AniWorld.Blazor.Welcome;

/// <summary>A step of the set-up after the password. It is done once its settings were chosen, be it as they were anyway.</summary>
/// <param name="Name">In the page's address.</param>
public sealed record WelcomeStep(string Name)
{
    public static WelcomeStep Folder { get; } = new("folder");

    public static WelcomeStep Names { get; } = new("names");

    public static WelcomeStep Languages { get; } = new("languages");

    public static WelcomeStep Source { get; } = new("source");

    /// <summary>In their order.</summary>
    public static IReadOnlyList<WelcomeStep> All { get; } = [Folder, Names, Languages, Source];

    /// <summary>The address that says that all is done.</summary>
    public const string Done = "done";

    /// <summary>The settings that this step asks for, as dotted paths.</summary>
    public IReadOnlyList<string> Paths(ProviderRegistry providers) => Name switch
    {
        "folder" => ["anime_directory"],
        "names" => ["naming.folder", "naming.episode", "naming.special", "naming.title_language"],
        "languages" => ["languages.profiles"],
        _ => [.. Searchable(providers).Select(EnabledOf), .. Searchable(providers).Select(AddressOf)],
    };

    public bool IsDone(ConfigService configuration, ProviderRegistry providers) => this == Source
        ? Searchable(providers).Any(provider => configuration.IsChosen(EnabledOf(provider)))
        : configuration.IsChosen(Paths(providers)[0]);

    /// <summary>The steps that pages lead to: those not done, until the first steps were gone through or left.</summary>
    public static IReadOnlyList<WelcomeStep> Pending(ConfigService configuration, ProviderRegistry providers) =>
        configuration.Current.Ui.WelcomeDone ? [] : [.. All.Where(step => !step.IsDone(configuration, providers))];

    public static IEnumerable<ISeriesProvider> Searchable(ProviderRegistry providers) => providers.All.Where(provider => provider.CanSearch);

    public static string EnabledOf(ISeriesProvider provider) => $"providers.{provider.Name}.enabled";

    public static string AddressOf(ISeriesProvider provider) => $"providers.{provider.Name}.base_url";
}
