using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>The connections that work on one file together: as many as bring something, fewer where the server says so.</summary>
internal sealed class RangeCrew
{
    private readonly RangeJob _job;
    private readonly RangePlan _plan;
    private readonly ConnectionRamp _ramp;
    private readonly CrewRoll _roll;
    private readonly ILogger _logger;
    private readonly List<Task> _atWork = [];

    public RangeCrew(RangeJob job, ILogger logger)
    {
        (_job, _logger) = (job, logger);
        var missing = job.Part.Missing;
        _ramp = new(job.Options.Connections, missing.Sum(range => range.Length), job.Time);
        _roll = new(_ramp);
        // A part for each that may come: what is taken from one at work instead divides less evenly.
        _plan = new(missing, job.Options.Connections, job.Time);
    }

    /// <param name="first">The answer that began the transfer, from the first byte missing.</param>
    public async Task FetchAsync(RangeAnswer first, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Join(first, stop.Token);
            while (!_plan.IsDone)
            {
                while (HasRoom && _plan.HasWork)
                {
                    Join(null, stop.Token);
                }

                await await Task.WhenAny([.. _atWork, Task.Delay(ConnectionRamp.Pace, _job.Time, stop.Token)]);
                _atWork.RemoveAll(task => task.IsCompletedSuccessfully);
                _roll.Look(_plan.Claimed, _job.Options.IsPaused());
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(_atWork).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Every byte is there, and still an answer may have been a lie; whatever else befell a connection at the end does not matter.
        if (_atWork.Find(task => task.Exception?.InnerException is FaultException { Code: FaultCode.ProtocolError }) is { } liar)
        {
            await liar;
        }
    }

    /// <summary>While somebody waits before another attempt, no further connection takes the same risk.</summary>
    private bool HasRoom => _atWork.Count < _ramp.Wanted && !_roll.SomebodyWaits && !_job.Options.IsPaused();

    private void Join(RangeAnswer? first, CancellationToken cancellationToken) =>
        _atWork.Add(new CrewMember(_job, _plan, _roll, _logger).WorkAsync(first, cancellationToken));
}
