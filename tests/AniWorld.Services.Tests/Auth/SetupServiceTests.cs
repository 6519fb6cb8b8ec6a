using AniWorld.Services.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Auth;

[Trait("Database", "both")]
public sealed class SetupServiceTests : IDisposable
{
    private static readonly SetupChoices Nothing = new(AnimeDirectory: null);
    private readonly AuthParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Of_50_parallel_set_ups_one_succeeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            _parts.Setup.SetUpAsync($"Kennwort Nummer {i}", Nothing, null, AuthParts.Local)));

        Assert.Single(results.OfType<SetupResult.Done>());
        Assert.Equal(49, results.OfType<SetupResult.AlreadyDone>().Count());
    }

    [Fact]
    public async Task Of_two_set_ups_by_separate_services_the_row_lets_one_through()
    {
        var other = _parts.Restarted();

        var results = await Task.WhenAll(_parts.SetUpAsync(), other.SetUpAsync());

        Assert.Single(results.OfType<SetupResult.Done>());
        Assert.Single(results.OfType<SetupResult.AlreadyDone>());
    }

    [Theory]
    [InlineData("short", "too short")]
    [InlineData("password123", "most common")]
    [InlineData("Iloveyou", "most common")]
    public async Task A_bad_password_is_refused_and_nothing_is_stored(string password, string reason)
    {
        var result = await _parts.Setup.SetUpAsync(password, new SetupChoices("/somewhere"), null, AuthParts.Local);

        Assert.Contains(reason, Assert.IsType<SetupResult.Invalid>(result).Errors["master_password"][0]);
        Assert.Null(_parts.Configuration.Applied);
        Assert.False(await _parts.Auth.IsConfiguredAsync());
    }

    [Fact]
    public async Task A_bad_folder_is_refused_and_no_password_is_stored()
    {
        var result = await _parts.Setup.SetUpAsync(AuthParts.Password, new SetupChoices("/refused"), null, AuthParts.Local);

        Assert.Contains("anime_directory", Assert.IsType<SetupResult.Invalid>(result).Errors.Keys);
        Assert.False(await _parts.Auth.IsConfiguredAsync());
    }

    [Fact]
    public async Task The_choices_are_stored_with_the_password()
    {
        var choices = new SetupChoices("/library");

        Assert.IsType<SetupResult.Done>(await _parts.Setup.SetUpAsync(AuthParts.Password, choices, null, AuthParts.Local));

        Assert.Equal(choices, _parts.Configuration.Applied);
        Assert.True(await _parts.Restarted().Auth.IsConfiguredAsync());
    }

    [Fact]
    public async Task From_elsewhere_the_code_of_the_console_is_needed()
    {
        var elsewhere = AuthParts.From("192.168.1.7");

        Assert.IsType<SetupResult.CodeNeeded>(await _parts.Setup.SetUpAsync(AuthParts.Password, Nothing, null, elsewhere));
        Assert.IsType<SetupResult.CodeNeeded>(await _parts.Setup.SetUpAsync(AuthParts.Password, Nothing, "AAAA-BBBB-CCCC", elsewhere));
        Assert.IsType<SetupResult.Done>(
            await _parts.Setup.SetUpAsync(AuthParts.Password, Nothing, $" {_parts.Code.Text.ToLowerInvariant()}", elsewhere));
    }

    [Fact]
    public async Task Guessing_the_code_is_limited()
    {
        var elsewhere = AuthParts.From("192.168.1.7");
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<SetupResult.CodeNeeded>(await _parts.Setup.SetUpAsync(AuthParts.Password, Nothing, "AAAA-BBBB-CCCC", elsewhere));
        }

        Assert.IsType<SetupResult.TryLater>(await _parts.Setup.SetUpAsync(AuthParts.Password, Nothing, _parts.Code.Text, elsewhere));
    }

    [Fact]
    public async Task The_code_is_printed_until_a_password_is_set()
    {
        Assert.Contains(_parts.Code.Text, await PrintedAsync());

        await _parts.SetUpAsync();

        Assert.Empty(await PrintedAsync());
    }

    [Fact]
    public async Task The_password_is_stored_as_a_hash_that_names_its_kind()
    {
        await _parts.SetUpAsync();

        await using var database = _parts.Database.CreateDbContext();
        Assert.StartsWith("sha384$$2", (await database.Credentials.SingleAsync()).Hash);
    }

    private async Task<string> PrintedAsync()
    {
        await using var console = new StringWriter();
        await new SetupAnnouncement(_parts.Auth, _parts.Code, console, NullLogger<SetupAnnouncement>.Instance)
            .StartAsync(CancellationToken.None);
        return console.ToString();
    }
}
