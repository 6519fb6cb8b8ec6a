namespace AniWorld.Services.Downloads.Engine;

/// <summary>How many connections a file gets: at first as many as allowed, then only as many as bring something.</summary>
/// <remarks>
/// Most servers limit each connection, and to find that out one by one costs more than it saves. So all of them begin, and from time to
/// time a quarter is given up: if the speed stays the same it was not needed. Not shortly before the end, where the trial could only cost.
/// Not safe for several threads, but for <see cref="Wanted"/>.
/// </remarks>
internal sealed class ConnectionRamp
{
    /// <summary>With fewer connections the speed may be so much of what it was.</summary>
    private const double SameSpeed = 0.95;

    /// <summary>So little of the former speed is a reason to use all connections again.</summary>
    private const double Breakdown = 0.7;

    /// <summary>How often a look is worth while.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan WorthTrial = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly int _most;
    private readonly long _total;
    private Phase _phase;
    private long _phaseAt;
    private long _windowAt;
    private long _windowBytes;
    private TimeSpan _pause = FirstPause;
    private double _speed;
    private int _before;
    private volatile int _wanted;

    /// <param name="most">Connections allowed, from 1.</param>
    /// <param name="total">Bytes that are to come.</param>
    public ConnectionRamp(int most, long total, TimeProvider time)
    {
        (_most, _total, _time, _wanted) = (most, total, time, most);
        Enter(Phase.Measuring, 0);
    }

    private enum Phase
    {
        Resting,
        Measuring,
        Trying,
        Capped,
    }

    public int Wanted => _wanted;

    /// <summary>The server wants fewer; it is not asked for more again.</summary>
    public void Cap(int connections) => (_wanted, _phase) = (Math.Max(1, connections), Phase.Capped);

    /// <summary>Begins to measure anew, as during a pause.</summary>
    public void Restart(long bytes) => Enter(_phase, bytes);

    /// <param name="bytes">All that came so far.</param>
    public void Observe(long bytes)
    {
        var inPhase = _time.GetElapsedTime(_phaseAt);
        switch (_phase)
        {
            case Phase.Resting when inPhase >= _pause:
                Enter(Phase.Measuring, bytes);
                break;
            case Phase.Measuring or Phase.Trying when inPhase < Settling:
                (_windowAt, _windowBytes) = (_time.GetTimestamp(), bytes);
                break;
            case Phase.Measuring or Phase.Trying when _time.GetElapsedTime(_windowAt) is var window && window >= Window:
                Judge((bytes - _windowBytes) / window.TotalSeconds, bytes);
                break;
        }
    }

    private void Judge(double speed, long bytes)
    {
        if (_phase == Phase.Measuring)
        {
            if (speed < _speed * Breakdown)
            {
                _wanted = _most;
            }

            (_speed, _before) = (speed, _wanted);
            if (_total - bytes < speed * WorthTrial.TotalSeconds)
            {
                Enter(Phase.Resting, bytes);
                return;
            }

            _wanted -= Math.Max(1, _wanted / 4);
            _wanted = Math.Max(1, _wanted);
            Enter(Phase.Trying, bytes);
        }
        else if (speed >= _speed * SameSpeed)
        {
            Enter(Phase.Resting, bytes);
        }
        else
        {
            _wanted = _before;
            _pause = _pause * 4 < LongestPause ? _pause * 4 : LongestPause;
            Enter(Phase.Resting, bytes);
        }
    }

    private void Enter(Phase phase, long bytes)
    {
        (_phase, _phaseAt) = (phase, _time.GetTimestamp());
        (_windowAt, _windowBytes) = (_phaseAt, bytes);
    }
}
