using AniWorld.Services.Auth;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Auth;

public sealed class WsTicketServiceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_ticket_opens_once_and_for_30_seconds()
    {
        var tickets = new WsTicketService(_time);
        var credentials = Credentials.OfSession("abc", _time.GetUtcNow().AddHours(1));
        var used = tickets.Issue(credentials)!;
        var late = tickets.Issue(credentials)!;

        Assert.Equal(credentials, tickets.Redeem(used.Ticket));
        Assert.Null(tickets.Redeem(used.Ticket));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(tickets.Redeem(late.Ticket));
    }
}
