namespace AniWorld.Services.Auth;

/// <summary>What somebody is let in by: a session, which may do all, or an API key with its scopes.</summary>
/// <param name="Id">A session's id, or <see cref="ApiKeyService.CredentialId"/>; <see cref="Revocations"/> names it when it ends.</param>
/// <param name="Scopes">Of <see cref="Scope"/>.</param>
/// <param name="ExpiresAt"><see langword="null"/> for a key without an end.</param>
public sealed record Credentials(string Id, bool IsSession, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt)
{
    public static Credentials OfSession(string sessionId, DateTimeOffset expiresAt) =>
        new(sessionId, IsSession: true, Scope.All, expiresAt);
}

/// <summary>What a key may do. None includes another.</summary>
public static class Scope
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Admin];
}
