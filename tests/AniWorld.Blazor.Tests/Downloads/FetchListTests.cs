using AniWorld.Blazor.Downloads;

namespace AniWorld.Blazor.Tests.Downloads;

public sealed class FetchListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-list-").FullName;

    [Fact]
    public async Task Names_come_after_the_address_or_out_of_it()
    {
        var orders = await ReadAsync("# a comment", "", "http://a/x/one.mkv?token=1", "http://a/two/index.m3u8\tTwo, the second.mp4", "  http://a/Drei%20Vier.m3u8  ", "http://a/fetch/5");

        Assert.Equal(["one", "Two, the second", "Drei Vier", "5"], orders.Select(order => Path.GetFileName(order.Target)));
        Assert.Equal(["mkv", "mp4", null, null], orders.Select(order => order.Extension));
        Assert.All(orders, order => Assert.Equal(Path.Join(_folder, "out"), Path.GetDirectoryName(order.Target)));
    }

    [Fact]
    public async Task A_name_never_leaves_the_folder()
    {
        var orders = await ReadAsync("http://a/1 ../../etc/passwd.mp4", "http://a/..%2f..%2fx.mp4");

        Assert.All(orders, order => Assert.Equal(Path.Join(_folder, "out"), Path.GetDirectoryName(order.Target)));
    }

    [Theory]
    [InlineData("http://a/same.mp4|http://b/SAME.mp4", "Lines 1 and 2")]
    [InlineData("http://a/one.mp4|file:///etc/passwd", "Line 2: file:///etc/passwd")]
    [InlineData("# nothing", "no address")]
    public async Task A_list_that_cannot_be_meant_is_refused_whole(string lines, string says)
    {
        var refusal = await Assert.ThrowsAsync<FormatException>(() => ReadAsync(lines.Split('|')));

        Assert.Contains(says, refusal.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<IReadOnlyList<Services.Downloads.FetchOrder>> ReadAsync(params string[] lines)
    {
        var file = Path.Join(_folder, "list");
        await File.WriteAllLinesAsync(file, lines);
        return await FetchList.ReadAsync(file, Path.Join(_folder, "out"), TestContext.Current.CancellationToken);
    }
}
