using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>The connections that work on one file together: as many as bring something, fewer where the server says so.</summary>
internal sealed class RangeCrew
{
    private readonly RangeJob _job;
    private readonly RangePlan _plan;
    private readonly ConnectionRamp _ramp;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly List<Task> _atWork = [];
    private int _members;
    private int _unsettled;
    private int _pausing;

    public RangeCrew(RangeJob job, ILogger logger)
    {
        (_job, _logger) = (job, logger);
        _ramp = new(job.Options.Connections, job.Time);
        _plan = new(job.Part.Missing, _ramp.Wanted, job.Time);
    }

    /// <param name="first">The answer that began the transfer, from the first byte missing.</param>
    public async Task FetchAsync(RangeAnswer first, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            _atWork.Add(WorkAsync(first, stop.Token));
            while (!_plan.IsDone)
            {
                while (HasRoom && _plan.HasWork)
                {
                    _atWork.Add(WorkAsync(null, stop.Token));
                }

                await await Task.WhenAny([.. _atWork, Task.Delay(_ramp.Pace, _job.Time, stop.Token)]);
                _atWork.RemoveAll(task => task.IsCompletedSuccessfully);
                Look();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(_atWork).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>While somebody waits before another attempt, no further connection takes the same risk.</summary>
    private bool HasRoom => _atWork.Count < _ramp.Wanted && Volatile.Read(ref _pausing) == 0 && !_job.Options.IsPaused();

    private void Look()
    {
        lock (_lock)
        {
            if (_job.Options.IsPaused())
            {
                _ramp.Restart(_plan.Claimed);
            }
            else
            {
                _ramp.Observe(_plan.Claimed, Volatile.Read(ref _unsettled) == 0);
            }
        }
    }

    /// <summary>One connection after another, chunk by chunk, until there is none.</summary>
    private async Task WorkAsync(RangeAnswer? opened, CancellationToken cancellationToken)
    {
        Enter();
        var (settled, pausing, crowded, retired) = (false, false, false, false);
        var fetch = new RangeFetch(_job, _plan, Settle, () => retired |= IsNeedless());
        var retry = TransferRetry.Create(_job.Options with { Retrying = Pause }, _job.Time, IsWorthwhile);
        try
        {
            while (!retired && await retry.ExecuteAsync(FetchAsync, cancellationToken))
            {
            }

            if (!retired)
            {
                Leave();
            }
        }
        catch (FaultException e) when ((crowded || TransferRetry.IsPassing(e)) && (retired || TryLeave()))
        {
            _logger.LogInformation("{Host} does not serve a further connection ({Code}), going on with fewer", _job.Host, e.Code);
        }
        finally
        {
            Settle();
            GoOn();
        }

        async ValueTask<bool> FetchAsync(CancellationToken token)
        {
            GoOn();
            return await fetch.FetchNextAsync(Interlocked.Exchange(ref opened, null), token);
        }

        bool IsWorthwhile(FaultException fault)
        {
            crowded = IsCrowding(fault) && Volatile.Read(ref _members) > 1;
            return !crowded && TransferRetry.IsPassing(fault);
        }

        void Pause(FaultException fault)
        {
            pausing = true;
            Interlocked.Increment(ref _pausing);
            _job.Options.Retrying(fault);
        }

        void GoOn()
        {
            if (pausing)
            {
                pausing = false;
                Interlocked.Decrement(ref _pausing);
            }
        }

        void Settle()
        {
            if (!settled)
            {
                settled = true;
                Interlocked.Decrement(ref _unsettled);
            }
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _members++;
            Interlocked.Increment(ref _unsettled);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _members--;
        }
    }

    /// <summary>Whether the asking connection is one too many. Who is told so is counted as gone.</summary>
    private bool IsNeedless()
    {
        if (Volatile.Read(ref _members) <= _ramp.Wanted)
        {
            return false;
        }

        lock (_lock)
        {
            return _members > _ramp.Wanted && _members-- > 1;
        }
    }

    /// <summary>Ends a connection's work for good, unless nobody else is left to do it.</summary>
    private bool TryLeave()
    {
        lock (_lock)
        {
            if (_members < 2)
            {
                return false;
            }

            _members--;
            _ramp.Cap(_members);
            return true;
        }
    }

    /// <summary>What a server says that finds the connections too many; with fewer it may serve well.</summary>
    private static bool IsCrowding(FaultException fault) =>
        fault.Code is FaultCode.RateLimited or FaultCode.Refused || fault.Code == FaultCode.Http(403) || fault.Code == FaultCode.Http(503);
}
