using AniWorld.Services.Catalogue;

namespace AniWorld.Services.Diagnosis;

/// <summary>The catalogues: which are on, and which profiles cannot be used. Asks no site.</summary>
internal sealed class SourceCheck(ProviderRegistry providers)
{
    private const string Subject = "catalogues";

    public IEnumerable<Finding> Examine() =>
    [
        .. providers.Broken.Select(broken => Finding.Error(Subject, $"{broken.Path} is left out: {broken.Reason}")),
        providers.Enabled.Count == 0
            ? Finding.Warning(
                Subject,
                $"None is switched on, so nothing can be searched. There are {string.Join(", ", providers.All.Select(one => one.Name))}; "
                    + "'aniworld config set providers.NAME.enabled true' switches one on.")
            : Finding.Ok(Subject, $"Switched on: {string.Join(", ", providers.Enabled.Select(one => $"{one.Name} ({one.Site})"))}."),
    ];
}
