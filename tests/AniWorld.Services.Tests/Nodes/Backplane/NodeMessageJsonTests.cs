using System.Globalization;
using System.Text;
using AniWorld.Data.Library;
using AniWorld.Services.Library;
using AniWorld.Services.Nodes.Backplane;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Progress;

namespace AniWorld.Services.Tests.Nodes.Backplane;

public sealed class NodeMessageJsonTests
{
    private static readonly EpisodeFile File = new() { Id = 3, EpisodeId = 4, Language = Language.EnSub, Path = "a/b.mp4", Size = 5, Verified = true };

    public static TheoryData<ProgressEvent> Events =>
    [
        SampleEvents.Progressed(12.5),
        SampleEvents.Completed(),
        SampleEvents.Progressed(0) with { TotalBytes = null, TimeLeft = null },
        SampleEvents.Failed(),
        SampleEvents.Failed(willRetry: false) with { NextRetryAt = null },
        SampleEvents.Scanned(0) with { Key = null, Folder = null },
        SampleEvents.Queue(),
        SampleEvents.Scanned(3) with { Until = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero) },
        new ScanCompleted(SampleEvents.Scan, 1, 2, 3, TimeSpan.FromSeconds(4), null),
        new ScanFailed(SampleEvents.Scan, "internal: x", Cancelled: true),
        new SeriesChanged("naruto", "Naruto"),
        SampleEvents.Notice("Größe & <b>"),
        new DownloadStopped(SampleEvents.Download, "naruto", "Naruto", 1, 2),
        new DatabaseReplaced(),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_arrives_as_it_was_sent(ProgressEvent happened)
    {
        var message = new NodeMessage(Guid.NewGuid(), Guid.NewGuid()) { Event = happened };

        Assert.Equal(message, NodeMessageJson.Read(NodeMessageJson.Write(message)));
    }

    [Fact]
    public void Every_kind_of_event_has_a_name_on_the_way()
    {
        foreach (var kind in typeof(ProgressEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ProgressEvent))))
        {
            Assert.Contains(
                typeof(ProgressEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
                    .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>(),
                named => named.DerivedType == kind);
        }
    }

    [Fact]
    public void Lists_arrive_whole_and_a_file_without_its_episode()
    {
        var found = Sent(new EpisodesFound("naruto", "Naruto", [new EpisodeNumber(1, 2), new EpisodeNumber(0, 3)]));
        var replaced = Sent(new EpisodeReplaced(
            "naruto", "Naruto", 1, 2, Language.DeDub, new RemovedFiles("naruto", "Naruto", [new TrashMove("a/b.mp4", ".aniworld/trash/b.mp4")], [File])));

        Assert.Equal([new EpisodeNumber(1, 2), new EpisodeNumber(0, 3)], found.Episodes);
        var file = Assert.Single(replaced.Earlier.Files);
        Assert.Equal((3, 4, Language.EnSub, "a/b.mp4", 5, true), (file.Id, file.EpisodeId, file.Language, file.Path, file.Size, file.Verified));
        Assert.Equal(".aniworld/trash/b.mp4", Assert.Single(replaced.Earlier.Moves).InTrash);
    }

    [Fact]
    public void A_sentence_arrives_in_the_readers_language_and_one_that_is_not_known_in_English()
    {
        var warning = Sentence.Join([new Sentence("scan_more", 3), Sentence.Plain("So it is.")]);
        var scan = Sent(new ScanCompleted(SampleEvents.Scan, 1, 2, 3, TimeSpan.Zero, warning));
        var json = Encoding.UTF8.GetString(NodeMessageJson.Write(Message(new ScanCompleted(SampleEvents.Scan, 1, 2, 3, TimeSpan.Zero, warning)))!);
        var strange = NodeMessageJson.Read(Encoding.UTF8.GetBytes(json.Replace("scan_more", "scan_tomorrow", StringComparison.Ordinal)))!;

        var german = CultureInfo.GetCultureInfo("de");
        Assert.Equal(warning.In(german), scan.Warning!.In(german));
        Assert.NotEqual(warning.ToString(), scan.Warning.In(german));
        Assert.Equal(warning.ToString(), ((ScanCompleted)strange.Event!).Warning!.In(german));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id": "x", "origin": "y"}""")]
    [InlineData("""{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","origin":"0f8fad5b-d9cb-469f-a165-70867728950e","event":{"type":"of_tomorrow"}}""")]
    [InlineData("""{"id":"0f8fad5b-d9cb-469f-a165-70867728950e","origin":"0f8fad5b-d9cb-469f-a165-70867728950e","event":{"type":"series_changed"}}""")]
    public void What_is_no_message_is_none(string text) => Assert.Null(NodeMessageJson.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void One_that_is_too_long_is_neither_sent_nor_read()
    {
        var text = new string('x', NodeMessageJson.MostBytes);

        Assert.Null(NodeMessageJson.Write(Message(SampleEvents.Notice(text))));
        Assert.Null(NodeMessageJson.Read(Encoding.UTF8.GetBytes($"\"{text}\"")));
    }

    private static NodeMessage Message(ProgressEvent happened) => new(Guid.NewGuid(), Guid.NewGuid()) { Event = happened };

    private static T Sent<T>(T happened)
        where T : ProgressEvent => (T)NodeMessageJson.Read(NodeMessageJson.Write(Message(happened)))!.Event!;
}
