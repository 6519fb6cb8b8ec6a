using System.Net.Http.Headers;
using AniWorld.SampleSite.Faults;

namespace AniWorld.E2E.Processes;

/// <summary>Holds what a run asked for against what was safe on disk before it.</summary>
internal static class Resumption
{
    /// <summary>No request is for bytes that are there, and each is for the same version of the file.</summary>
    /// <remarks>Bytes sent would not tell: what a connection that is closed early has in its buffers counts as sent.</remarks>
    public static void AssertGoesOn(IReadOnlyList<Stretch> there, IReadOnlyList<LoggedRequest> requests)
    {
        if (there.Count == 0)
        {
            return;
        }

        // The first look at a link, which only asks what is behind it, has no range.
        var ranges = requests.Where(request => request.Range is not null).ToList();
        Assert.NotEmpty(ranges);
        Assert.All(ranges, request => Assert.Contains("If-Range", request.Headers.Keys));
        foreach (var range in ranges.Select(request => RangeHeaderValue.Parse(request.Range!).Ranges.Single()))
        {
            // Without an end it is the request that begins the run; it is read up to the next stretch that is there.
            var last = range.To ?? range.From!.Value;
            Assert.DoesNotContain(there, stretch => stretch.Start <= last && range.From < stretch.End);
        }
    }
}
