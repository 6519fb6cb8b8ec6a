using AniWorld.Services.Faults;
using Microsoft.Extensions.Logging;
using Polly;

namespace AniWorld.Services.Downloads.Engine;

/// <summary>One of the connections that work on a file: fetches chunk after chunk until there is none, or until it is one too many.</summary>
internal sealed class CrewMember
{
    private readonly RangeJob _job;
    private readonly CrewRoll _roll;
    private readonly RangeFetch _fetch;
    private readonly ResiliencePipeline _retry;
    private readonly ILogger _logger;
    private RangeAnswer? _first;
    private bool _waiting;
    private bool _crowded;
    private bool _gone;

    public CrewMember(RangeJob job, RangePlan plan, CrewRoll roll, ILogger logger)
    {
        (_job, _roll, _logger) = (job, roll, logger);
        _fetch = new(job, plan, retires: () => _gone = _gone || _roll.TryRetire());
        _retry = TransferRetry.Create(job.Options with { Retrying = Wait }, job.Time, IsWorthwhile);
    }

    /// <param name="first">An answer to begin with.</param>
    public async Task WorkAsync(RangeAnswer? first, CancellationToken cancellationToken)
    {
        _first = first;
        _roll.Enter();
        try
        {
            while (!_gone && await FetchNextAsync(cancellationToken))
            {
            }
        }
        finally
        {
            GoOn();
            if (!_gone)
            {
                _roll.Leave();
            }
        }
    }

    private async Task<bool> FetchNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.ExecuteAsync(FetchOnceAsync, cancellationToken);
        }
        catch (FaultException e) when (_crowded || TransferRetry.IsPassing(e))
        {
            if (_gone || _roll.TryLeave())
            {
                _gone = true;
                _logger.LogInformation("{Host} does not serve a further connection ({Code}), going on with fewer", _job.Host, e.Code);
                return false;
            }

            if (_crowded && TransferRetry.IsPassing(e))
            {
                // The others have left meanwhile: the last one has patience.
                return true;
            }

            throw;
        }
    }

    private async ValueTask<bool> FetchOnceAsync(CancellationToken cancellationToken)
    {
        GoOn();
        var first = _first;
        _first = null;
        return await _fetch.FetchNextAsync(first, cancellationToken);
    }

    private bool IsWorthwhile(FaultException fault)
    {
        _crowded = IsCrowding(fault) && _roll.HasOthers;
        return !_crowded && TransferRetry.IsPassing(fault);
    }

    /// <summary>What a server says that finds the connections too many; with fewer it may serve well.</summary>
    private static bool IsCrowding(FaultException fault) =>
        fault.Code is FaultCode.RateLimited or FaultCode.Refused || fault.Code == FaultCode.Http(403) || fault.Code == FaultCode.Http(503);

    private void Wait(FaultException fault)
    {
        _waiting = true;
        _roll.Wait();
        _job.Options.Retrying(fault);
    }

    private void GoOn()
    {
        if (_waiting)
        {
            _waiting = false;
            _roll.GoOn();
        }
    }
}
