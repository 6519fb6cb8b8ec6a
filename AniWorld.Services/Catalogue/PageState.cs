using AniWorld.Services.Faults;

namespace AniWorld.Services.Catalogue;

/// <summary>How one kind of pages of a site does. Not thread-safe.</summary>
internal sealed class PageState
{
    /// <summary>One page may be broken by itself; so many in a row are not.</summary>
    private const int FailuresInARow = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>How soon others may look while one tries.</summary>
    private static readonly TimeSpan WhileTried = TimeSpan.FromMinutes(2);

    private int _failures;
    private int _doubts;
    private int _tries;
    private bool _isDoubted;

    /// <summary>Why it is left alone; <see langword="null"/> when it works. The same object for as long as it is the same trouble.</summary>
    public FaultException? Fault { get; private set; }

    public DateTimeOffset RestUntil { get; set; }

    /// <summary>In trouble since an earlier start; tried as soon as may be.</summary>
    public static PageState Of(FaultException fault, DateTimeOffset now) => new() { Fault = fault, RestUntil = now };

    /// <summary>How long it is left alone still; who gets no answer is the one who tries.</summary>
    public (FaultException Fault, TimeSpan Left)? RestAt(DateTimeOffset now)
    {
        if (Fault is null)
        {
            return null;
        }

        if (RestUntil > now)
        {
            return (Fault, RestUntil - now);
        }

        RestUntil = now + WhileTried;
        return null;
    }

    public void Succeed()
    {
        _failures = 0;
        if (!_isDoubted)
        {
            (Fault, _tries) = (null, 0);
        }
    }

    public void Trust()
    {
        (Fault, _isDoubted) = (null, false);
        (_failures, _doubts, _tries) = (0, 0, 0);
    }

    public void Fail(FaultException fault, DateTimeOffset now) => Count(fault, now, ++_failures);

    public void Doubt(FaultException fault, DateTimeOffset now)
    {
        Count(fault, now, ++_doubts);
        _isDoubted = Fault is not null;
    }

    private void Count(FaultException fault, DateTimeOffset now, int inARow)
    {
        if (Fault is null && inARow < FailuresInARow)
        {
            return;
        }

        Fault ??= fault;
        RestUntil = now + Pause(_tries++);
    }

    private static TimeSpan Pause(int tries) =>
        TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(2, Math.Min(tries, 10)), LongestPause.TotalSeconds));
}
