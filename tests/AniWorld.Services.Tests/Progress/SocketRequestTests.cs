using System.Text;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Progress;

public sealed class SocketRequestTests
{
    [Theory]
    [InlineData("""{"action":"join","room":"downloads"}""", null)]
    [InlineData("""{"action":"join","room":"downloads","since":7}""", 7L)]
    [InlineData("""{"action":"join","room":"downloads","since":null,"other":[1]}""", null)]
    [InlineData("""{"action":"join","data":{"room":"downloads"}}""", null)]
    [InlineData("""{"action":"join","data":{"room":"downloads","since":7}}""", 7L)]
    [InlineData("""{"action":"join","data":{"room":"downloads"},"since":7}""", 7L)]
    public void Both_forms_of_join_are_understood(string json, long? since) =>
        Assert.Equal(new SocketRequest.Join(ProgressRooms.Downloads, since), Parse(json));

    [Theory]
    [InlineData("downloads", ProgressRooms.Downloads)]
    [InlineData("download_progress", ProgressRooms.DownloadProgress)]
    [InlineData("scan_progress", ProgressRooms.ScanProgress)]
    [InlineData("system", ProgressRooms.System)]
    public void Every_room_has_its_name(string name, object room) =>
        Assert.Equal(new SocketRequest.Leave((ProgressRooms)room), Parse($$"""{"action":"leave","room":"{{name}}"}"""));

    [Theory]
    [InlineData("", "bad_json")]
    [InlineData("{", "bad_json")]
    [InlineData("\0", "bad_json")]
    [InlineData("""{"action":"join","room":"\ud800"}""", "bad_json")]
    [InlineData("[]", "bad_message")]
    [InlineData("null", "bad_message")]
    [InlineData("{}", "unknown_action")]
    [InlineData("""{"action":5}""", "unknown_action")]
    [InlineData("""{"action":"join"}""", "unknown_room")]
    [InlineData("""{"action":"join","room":"library"}""", "unknown_room")]
    [InlineData("""{"action":"join","room":{}}""", "unknown_room")]
    [InlineData("""{"action":"join","room":"system","since":"7"}""", "bad_message")]
    [InlineData("""{"action":"join","room":"system","since":1e99}""", "bad_message")]
    [InlineData("""{"action":"join","data":"downloads"}""", "unknown_room")]
    public void What_makes_no_sense_is_told_why(string json, string code) =>
        Assert.Equal(code, Assert.IsType<SocketRequest.Bad>(Parse(json)).Code);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("bad_json", Assert.IsType<SocketRequest.Bad>(Parse(new string('[', 20_000) + new string(']', 20_000))).Code);

    [Fact]
    public void The_rate_counts_the_messages_of_any_one_second()
    {
        var time = new FakeTimeProvider();
        var rate = new MessageRate(3, time);
        Assert.True(rate.Admits());
        time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.True(rate.Admits());
        Assert.True(rate.Admits());
        Assert.False(rate.Admits());
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(rate.Admits());
        Assert.False(rate.Admits());
    }

    private static SocketRequest Parse(string json) => SocketRequest.Parse(Encoding.UTF8.GetBytes(json));
}
