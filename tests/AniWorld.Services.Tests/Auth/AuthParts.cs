using System.Net;
using AniWorld.Services.Auth;
using AniWorld.Services.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Auth;

/// <summary>The services around log-ins, put together as the program does, on a database and a clock of the test's own.</summary>
internal sealed class AuthParts : IDisposable
{
    public const string Password = "Ein langes Kennwort";

    private readonly PasswordHasher _hasher;

    public AuthParts(TestDatabase? database = null, FakeTimeProvider? time = null)
    {
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        Database = database ?? new TestDatabase(Time);
        _hasher = new PasswordHasher(new FixedOptions(new AniWorldOptions { Limits = new LimitOptions { BcryptCost = 4 } }), Time);
        var check = new PasswordCheck(Database, _hasher, new LoginLimits(Database, Time), new AttemptLine(Time));
        LastSeen = new LastSeen(Time);
        Tokens = new SessionTokens(new SigningKey(Database.Place, new DataFolder(Database.Folder, Database.Folder), Database), Time);
        Sessions = new SessionService(Database, Tokens, LastSeen, Revocations, Time);
        Keys = new ApiKeyService(Database, LastSeen, Revocations, Time);
        Auth = new AuthService(Database, check, _hasher, Sessions, NullLogger<AuthService>.Instance);
        Setup = new SetupService(Database, Auth, check, _hasher, Code, Configuration, NullLogger<SetupService>.Instance);
        Upkeep = new SessionUpkeep(Sessions, Keys, LastSeen, Time, NullLogger<SessionUpkeep>.Instance);
        Revocations.SessionRevoked += Ended.Add;
    }

    public static Caller Local { get; } = From("127.0.0.1", isLocal: true);

    public FakeTimeProvider Time { get; }

    public TestDatabase Database { get; }

    public SetupCode Code { get; } = new();

    public ChosenConfiguration Configuration { get; } = new();

    public LastSeen LastSeen { get; }

    public Revocations Revocations { get; } = new(NullLogger<Revocations>.Instance);

    public SessionTokens Tokens { get; }

    public SessionService Sessions { get; }

    public ApiKeyService Keys { get; }

    public AuthService Auth { get; }

    public SetupService Setup { get; }

    public SessionUpkeep Upkeep { get; }

    /// <summary>The ids that <see cref="Revocations"/> announced.</summary>
    public List<string> Ended { get; } = [];

    public static Caller From(string address, bool isLocal = false) => new(IPAddress.Parse(address), "Browser", isLocal);

    /// <summary>The services anew on the same files, as after a restart.</summary>
    public AuthParts Restarted() => new(Database, Time);

    public Task<SetupResult> SetUpAsync() => Setup.SetUpAsync(Password, new SetupChoices(null), null, Local);

    public async Task<IssuedSession> LogInAsync() =>
        Assert.IsType<LoginResult.LoggedIn>(await Auth.LogInAsync(Password, remember: false, Local)).Session;

    public void Dispose()
    {
        Upkeep.Dispose();
        Setup.Dispose();
        _hasher.Dispose();
        Database.Dispose();
    }
}
