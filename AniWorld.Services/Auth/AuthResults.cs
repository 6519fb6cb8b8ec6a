namespace AniWorld.Services.Auth;

/// <summary>What became of a first set-up.</summary>
public abstract record SetupResult
{
    private SetupResult()
    {
    }

    public sealed record Done : SetupResult;

    public sealed record AlreadyDone : SetupResult;

    /// <summary>The caller is elsewhere and gave no code, or a wrong one.</summary>
    public sealed record CodeNeeded : SetupResult;

    /// <param name="Errors">Messages by member, named as in the request.</param>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : SetupResult;

    public sealed record TryLater(TimeSpan RetryAfter, bool Refused) : SetupResult;
}

/// <summary>What became of a log-in.</summary>
public abstract record LoginResult
{
    private LoginResult()
    {
    }

    public sealed record LoggedIn(IssuedSession Session) : LoginResult;

    public sealed record WrongPassword : LoginResult;

    /// <param name="Refused">Too many failures; otherwise there is only a rush.</param>
    public sealed record TryLater(TimeSpan RetryAfter, bool Refused) : LoginResult;
}

/// <summary>What became of a change of password.</summary>
public abstract record PasswordResult
{
    private PasswordResult()
    {
    }

    public sealed record Changed : PasswordResult;

    public sealed record WrongPassword : PasswordResult;

    public sealed record Invalid(string Objection) : PasswordResult;

    /// <param name="Refused">Too many failures; otherwise there is only a rush.</param>
    public sealed record TryLater(TimeSpan RetryAfter, bool Refused) : PasswordResult;
}
