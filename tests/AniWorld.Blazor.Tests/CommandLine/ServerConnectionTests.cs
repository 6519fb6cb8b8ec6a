using AniWorld.Blazor.CommandLine;

namespace AniWorld.Blazor.Tests.CommandLine;

public sealed class ServerConnectionTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000", "http://127.0.0.1:8000/")]
    [InlineData("http://0.0.0.0:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://[::]:9000", "http://localhost:9000/")]
    [InlineData("http://*:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://+:9000", "http://127.0.0.1:9000/")]
    [InlineData("http://192.168.1.5:80", "http://192.168.1.5/")]
    [InlineData("https://127.0.0.1:8443|http://127.0.0.1:8000", "http://127.0.0.1:8000/")]
    [InlineData("https://[::1]:8443", "https://[::1]:8443/")]
    public void An_address_that_is_listened_on_becomes_one_that_can_be_asked(string listening, string asked) =>
        Assert.Equal(asked, ServerConnection.AddressOf(listening.Split('|'))!.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("http://unix:/run/aniworld.sock")]
    public void What_cannot_be_asked_is_none(string listening) => Assert.Null(ServerConnection.AddressOf([listening]));
}
