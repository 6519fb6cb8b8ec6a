using AniWorld.Data;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Library;

/// <summary>All series by name, kept until somebody writes to the database or changes the settings.</summary>
/// <remarks>Which episodes are missing follows from all of them, so that making the list anew for each look would take longest.</remarks>
internal sealed class SeriesList(DataVersion version, IOptionsMonitor<AniWorldOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile Kept? _kept;

    /// <param name="read">Makes the list; asked by one caller at a time, the others wait for its result.</param>
    public async Task<IReadOnlyList<SeriesSummary>> GetAsync(
        Func<CancellationToken, Task<IReadOnlyList<SeriesSummary>>> read, CancellationToken cancellationToken)
    {
        if (Fresh() is { } series)
        {
            return series;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
            {
                return meanwhile;
            }

            // The version first: what is written during the reading is then seen at the next look, at the latest.
            var (stamp, settings) = (version.Read(), options.CurrentValue);
            series = await read(cancellationToken);
            _kept = new Kept(stamp, settings, series);
            return series;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private IReadOnlyList<SeriesSummary>? Fresh() =>
        _kept is { } kept && kept.Stamp == version.Read() && ReferenceEquals(kept.Settings, options.CurrentValue) ? kept.Series : null;

    private sealed record Kept(DataStamp Stamp, AniWorldOptions Settings, IReadOnlyList<SeriesSummary> Series);
}
