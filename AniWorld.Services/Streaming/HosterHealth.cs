using System.Collections.Concurrent;
using AniWorld.Data.Catalogue;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Streaming;

/// <summary>How hosters do: which to ask first, and which to leave alone for a while.</summary>
public sealed class HosterHealth(SourceHealthService records, TimeProvider time, ILogger<HosterHealth> logger)
{
    /// <summary>Names come from remote pages; beyond so many, new ones are always asked.</summary>
    private const int MostNames = 500;

    private readonly ConcurrentDictionary<string, HosterCircuit> _circuits = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Told when a hoster is given up for a while and when it is back: once per outage, from any thread.</summary>
    public event Action<HosterChange>? Changed;

    /// <summary>Every hoster that was ever asked, by name.</summary>
    public async Task<IReadOnlyList<HosterState>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await records.ListAsync(SourceKind.Hoster, cancellationToken)).Select(record => new HosterState(record, RestOf(record.Name)?.RetryAfter))];

    /// <summary>
    /// Puts links in the order in which to ask: first the hosters that the user named, in that order, then the most reliable, among equals
    /// the fastest, and at last as on the page.
    /// </summary>
    /// <param name="wished">Names; case does not count.</param>
    public async Task<IReadOnlyList<HosterLink>> OrderAsync(
        IReadOnlyList<HosterLink> links, IReadOnlyList<string> wished, CancellationToken cancellationToken = default)
    {
        var known = await KnownAsync(cancellationToken);
        return [.. links.OrderBy(Place).ThenByDescending(Reliability).ThenByDescending(Speed)];

        int Place(HosterLink link) =>
            wished.TakeWhile(name => !name.Equals(link.Hoster, StringComparison.OrdinalIgnoreCase)).Count();

        // In steps, so that a single failure or a busy line turns no order round. Who was never tried counts as reliable.
        double Reliability(HosterLink link) => Math.Round(known.GetValueOrDefault(link.Hoster)?.SuccessRate ?? 1, 1);

        double Speed(HosterLink link) => known.GetValueOrDefault(link.Hoster)?.Speed is { } speed and >= 1 ? Math.Floor(Math.Log2(speed)) : 0;
    }

    /// <summary>Why none of these hosters may be asked now, with the shortest wait; <see langword="null"/> when one may, or there is none.</summary>
    public HosterFault? RestOf(params IEnumerable<string> hosters)
    {
        var rests = hosters.Select(hoster => _circuits.GetValueOrDefault(hoster)?.Rest).ToList();
        return rests.Contains(null) ? null : rests.MinBy(rest => rest!.RetryAfter);
    }

    /// <summary>Asks a hoster for a video, unless it is left alone, and remembers a failure.</summary>
    /// <param name="ask">Returns once the video begins to arrive.</param>
    /// <exception cref="FaultException">As <paramref name="ask"/> failed; a <see cref="HosterFault"/> that is resting when it was not asked.</exception>
    internal async Task<T> AskAsync<T>(string hoster, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Circuit(hoster).AskAsync(ask, cancellationToken);
        }
        catch (FaultException fault) when (fault is not HosterFault { IsResting: true })
        {
            Record(hoster, fault);
            throw;
        }
    }

    /// <summary>The video that the hoster was asked for is here.</summary>
    /// <param name="latency">Until it began to arrive.</param>
    /// <param name="speed">Bytes per second; <see langword="null"/> when it cannot be told.</param>
    internal void Delivered(string hoster, TimeSpan latency, double? speed)
    {
        records.Succeeded(SourceKind.Hoster, hoster, latency, speed);
        Circuit(hoster).Ended(null);
    }

    /// <summary>The video that the hoster was asked for began to arrive and was not completed.</summary>
    internal void Failed(string hoster, FaultException fault)
    {
        Record(hoster, fault);
        Circuit(hoster).Ended(fault);
    }

    private void Record(string hoster, FaultException fault)
    {
        if (HosterBlame.IsItsFailure(fault))
        {
            records.Failed(SourceKind.Hoster, hoster, fault);
        }
    }

    private HosterCircuit Circuit(string hoster) => _circuits.TryGetValue(hoster, out var circuit) ? circuit
        : _circuits.Count >= MostNames ? new HosterCircuit(hoster, time, _ => { })
        : _circuits.GetOrAdd(hoster, name => new HosterCircuit(name, time, change => Changed?.Invoke(change)));

    private async Task<Dictionary<string, SourceHealth>> KnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = await records.ListAsync(SourceKind.Hoster, cancellationToken);
            return all.GroupBy(record => record.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The order is a wish; a busy database must not cost the download.
            logger.LogWarning(e, "How the hosters did could not be read; they are asked as on the page");
            return [];
        }
    }
}

/// <summary>A hoster as a page shows it.</summary>
/// <param name="Record">Counts, success rate, speed, latency and last error so far.</param>
/// <param name="Rest">How long it is still left alone; <see langword="null"/> when it is asked.</param>
public sealed record HosterState(SourceHealth Record, TimeSpan? Rest);
