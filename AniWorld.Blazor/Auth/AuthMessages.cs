using AniWorld.Data.Auth;
using AniWorld.Services.Auth;

namespace AniWorld.Blazor.Auth;

/// <param name="AnimeDirectory">Absent leaves the library's folder as it is.</param>
/// <param name="SetupCode">The one printed on the console; needed from another machine.</param>
internal sealed record SetupRequest(string MasterPassword, string? AnimeDirectory = null, string? SetupCode = null);

internal sealed record LoginRequest(string Password, bool? Remember = null);

internal sealed record PasswordRequest(string CurrentPassword, string NewPassword);

/// <param name="Scopes">Of <see cref="Scope"/>.</param>
internal sealed record ApiKeyRequest(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null);

/// <summary>That it was done.</summary>
internal sealed record Acknowledgement(string Status)
{
    public static Acknowledgement Ok { get; } = new("ok");
}

internal sealed record TokenAnswer(string AccessToken, string TokenType, DateTimeOffset ExpiresAt);

internal sealed record AuthStatus(bool Configured, bool Authenticated);

/// <param name="Current">Whether it is the caller's own.</param>
internal sealed record SessionAnswer(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent, bool Current)
{
    public static SessionAnswer From(UserSession session, string? current) => new(
        session.Id, session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.Address, session.UserAgent, session.Id == current);
}

internal sealed record ApiKeyAnswer(
    string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyAnswer From(ApiKey key) => new(key.Prefix, key.Name, key.Scopes, key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}

/// <param name="Key">Shown this once.</param>
internal sealed record NewApiKeyAnswer(
    string Id, string Key, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
