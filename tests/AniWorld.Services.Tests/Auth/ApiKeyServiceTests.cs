using AniWorld.Services.Auth;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Services.Tests.Auth;

[Trait("Database", "both")]
public sealed class ApiKeyServiceTests : IDisposable
{
    private readonly AuthParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task A_key_lets_in_with_its_scopes()
    {
        var (key, text) = await _parts.Keys.CreateAsync("backup script", [Scope.Read, Scope.Write], null);

        var credentials = await _parts.Keys.CheckAsync(text);

        Assert.StartsWith($"aw_{key.Prefix}_", text);
        Assert.Equal([Scope.Read, Scope.Write], credentials!.Scopes);
        Assert.False(credentials.IsSession);
    }

    [Fact]
    public async Task Only_a_hash_of_the_key_is_stored()
    {
        var (_, text) = await _parts.Keys.CreateAsync("backup script", [Scope.Read], null);
        var secret = text.Split('_')[2];

        await using var database = _parts.Database.CreateDbContext();
        Assert.DoesNotContain(secret, (await database.ApiKeys.SingleAsync()).Hash);
        Assert.DoesNotContain((await database.History.ToListAsync()).SelectMany(e => e.Details.Values), v => v.Contains(secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aw__")]
    [InlineData("aw_12345678_")]
    [InlineData("nonsense")]
    public async Task What_is_no_key_is_refused(string text) => Assert.Null(await _parts.Keys.CheckAsync(text));

    [Fact]
    public async Task A_right_prefix_with_a_wrong_secret_is_refused()
    {
        var (_, text) = await _parts.Keys.CreateAsync("backup script", [Scope.Read], null);

        Assert.Null(await _parts.Keys.CheckAsync(text[..^1] + (text[^1] == '0' ? '1' : '0')));
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var (_, text) = await _parts.Keys.CreateAsync("guest", [Scope.Read], _parts.Time.GetUtcNow().AddHours(1));
        Assert.NotNull(await _parts.Keys.CheckAsync(text));

        _parts.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(await _parts.Keys.CheckAsync(text));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_announced()
    {
        var (key, text) = await _parts.Keys.CreateAsync("guest", [Scope.Read], null);

        Assert.True(await _parts.Keys.RevokeAsync(key.Prefix));

        Assert.Null(await _parts.Keys.CheckAsync(text));
        Assert.Empty(await _parts.Keys.ListAsync());
        Assert.Equal([ApiKeyService.CredentialId(key.Prefix)], _parts.Ended);
        Assert.False(await _parts.Keys.RevokeAsync(key.Prefix));
    }
}
