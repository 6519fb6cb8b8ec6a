using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace AniWorld.Services.Tests.Auth;

[Trait("Database", "both")]
public sealed class SessionTokensTests : IDisposable
{
    private readonly AuthParts _parts = new();
    private readonly string _token;

    public SessionTokensTests() => _token = _parts.Tokens.Issue("abc", _parts.Time.GetUtcNow().AddHours(1));

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task A_token_is_good_for_30_seconds_past_its_end(int secondsPast, bool isGood)
    {
        _parts.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(secondsPast));

        Assert.Equal(isGood ? "abc" : null, await _parts.Tokens.ReadAsync(_token));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    public async Task Another_algorithm_is_refused_whoever_signed(string algorithm)
    {
        var head = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
        var signed = $"{head}.{_token.Split('.')[1]}";
        var key = ((SymmetricSecurityKey)_parts.Tokens.Validation.IssuerSigningKey).Key;
        var signature = algorithm == "HS512"
            ? Base64UrlEncoder.Encode(HMACSHA512.HashData(key, Encoding.ASCII.GetBytes(signed)))
            : "";

        Assert.Null(await _parts.Tokens.ReadAsync($"{signed}.{signature}"));
    }

    [Fact]
    public async Task A_changed_payload_is_refused()
    {
        var parts = _token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("abc", "abd");

        Assert.Null(await _parts.Tokens.ReadAsync($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public async Task What_is_no_token_is_refused(string text) => Assert.Null(await _parts.Tokens.ReadAsync(text));

    [Fact]
    public async Task Another_installations_token_is_refused()
    {
        using var other = new AuthParts();

        Assert.Null(await _parts.Tokens.ReadAsync(other.Tokens.Issue("abc", other.Time.GetUtcNow().AddHours(1))));
    }
}
