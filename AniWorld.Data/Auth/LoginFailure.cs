namespace AniWorld.Data.Auth;

/// <summary>One failed log-in, kept as long as it counts towards a lock-out.</summary>
public sealed class LoginFailure
{
    public long Id { get; set; }

    public required string Address { get; set; }

    public DateTimeOffset At { get; set; }
}
