using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AniWorld.Services.Auth;

/// <summary>Makes and checks the tokens that stand for a session: JWTs signed with HS256, the session's id as <c>jti</c>.</summary>
public sealed class SessionTokens
{
    private const string Self = "aniworld";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };
    private readonly TimeProvider _time;
    private readonly Lazy<TokenValidationParameters> _validation;

    internal SessionTokens(SigningKey key, TimeProvider time)
    {
        _time = time;
        _validation = new Lazy<TokenValidationParameters>(() => Rules(new SymmetricSecurityKey(key.Bytes)), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>What a token must fulfil before its session is even looked up. The algorithm is pinned: the token has no say in it.</summary>
    public TokenValidationParameters Validation => _validation.Value;

    /// <param name="expiresAt">In whole seconds, as a token has no finer time.</param>
    public string Issue(string sessionId, DateTimeOffset expiresAt)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Self,
            Audience = Self,
            IssuedAt = now,
            NotBefore = now,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = sessionId },
            SigningCredentials = new SigningCredentials(Validation.IssuerSigningKey, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <returns>The session that the token is tied to; <see langword="null"/> for a bad or expired one.</returns>
    public async Task<string?> ReadAsync(string token)
    {
        var result = await _handler.ValidateTokenAsync(token, Validation);
        return result.IsValid ? result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Jti)?.Value : null;
    }

    private TokenValidationParameters Rules(SecurityKey key) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKey = key,
        ValidIssuer = Self,
        ValidAudience = Self,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = ClockSkew,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now <= end + ClockSkew && (notBefore is not { } begin || now >= begin - ClockSkew);
    }
}
