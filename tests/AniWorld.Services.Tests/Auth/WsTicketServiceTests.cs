using AniWorld.Services.Auth;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Auth;

public sealed class WsTicketServiceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_ticket_opens_once_and_for_30_seconds()
    {
        var tickets = new WsTicketService(_time);
        var credentials = Credentials.OfSession("abc", _time.GetUtcNow().AddHours(1));
        var used = (await tickets.IssueAsync(credentials))!;
        var late = (await tickets.IssueAsync(credentials))!;

        Assert.Equal(credentials, await tickets.RedeemAsync(used.Ticket));
        Assert.Null(await tickets.RedeemAsync(used.Ticket));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await tickets.RedeemAsync(late.Ticket));
    }
}
