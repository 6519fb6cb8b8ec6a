using System.Text.Json;
using System.Text.Json.Nodes;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Blazor.Policy;

/// <summary>The filters of missing episodes that the user keeps, in the configuration's <c>ui.missing_filters</c>.</summary>
public sealed class SavedFilters(ConfigService configuration, IOptionsMonitor<AniWorldOptions> options)
{
    private const string Path = "ui.missing_filters";

    public IReadOnlyList<SavedFilter> All => options.CurrentValue.Ui.MissingFilters;

    public bool IsLocked => configuration.LockedBy(Path) is not null;

    /// <summary>One of the same name gives way.</summary>
    /// <returns>What is wrong; <see langword="null"/> when it is kept.</returns>
    public Task<string?> SaveAsync(SavedFilter filter) => PutAsync([.. All.Where(other => other.Name != filter.Name), filter]);

    /// <inheritdoc cref="SaveAsync"/>
    public Task<string?> RemoveAsync(string name) => PutAsync([.. All.Where(other => other.Name != name)]);

    private async Task<string?> PutAsync(IReadOnlyList<SavedFilter> filters)
    {
        var list = new JsonArray([.. filters.Select(filter => new JsonObject { ["name"] = filter.Name, ["query"] = filter.Query })]);
        var patch = new JsonObject { ["ui"] = new JsonObject { ["missing_filters"] = list } };
        return await configuration.PutAsync(JsonSerializer.SerializeToElement(patch)) is ConfigChange.Invalid { Problems: [var problem, ..] }
            ? Said.Of(problem)
            : null;
    }
}
