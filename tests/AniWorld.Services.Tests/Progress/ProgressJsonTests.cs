using System.Text;
using AniWorld.Services.Progress;
using static AniWorld.Services.Tests.Progress.SampleEvents;

namespace AniWorld.Services.Tests.Progress;

public sealed class ProgressJsonTests
{
    private const string Episode =
        "\"download_id\":\"0f8fad5bd9cb469fa16570867728950e\",\"key\":\"attack-on-titan\",\"folder\":\"Attack on Titan (2013)\",\"season\":1,\"episode\":2";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 1, 2, 34, TimeSpan.Zero);

    [Fact]
    public void Download_progress_has_the_members_of_the_contract() => Assert.Equal(
        Message("download_progress", $$"""{{{Episode}},"percent":12.3,"speed_mbps":3,"eta_seconds":13}"""), Json(Progressed(12.34)));

    [Fact]
    public void Download_complete_adds_the_file() => Assert.Equal(
        Message("download_complete", $$"""{{{Episode}},"percent":100,"speed_mbps":3,"eta_seconds":0,"file_path":"/library/e.mp4","size_mb":5,"language":"de-dub"}"""),
        Json(Completed(), Progressed(100)));

    [Fact]
    public void Download_failed_adds_the_error_and_what_follows() => Assert.Equal(
        Message("download_failed", $$"""{{{Episode}},"percent":40,"speed_mbps":0,"eta_seconds":null,"error":"stalled: No byte for 30 s.","will_retry":true,"next_retry_at":"2026-11-22T17:00:00.000Z"}"""),
        Json(Failed(), Progressed(40)));

    [Fact]
    public void Queue_status_has_all_statistics() => Assert.Equal(
        Message("queue_status", """{"is_running":true,"is_paused":false,"statistics":{"total_items":10,"pending_count":3,"active_count":1,"completed_count":5,"failed_count":1,"total_downloaded_mb":7,"average_speed_mbps":1,"estimated_time_remaining_seconds":91,"free_disk_mb":1024}}"""),
        Json(Queue()));

    [Fact]
    public void Scan_messages_have_the_members_of_the_contract()
    {
        const string scan = "\"scan_id\":\"7c9e6679742540de944be07fc1f90ae7\",\"current\":2,\"total\":8";
        Assert.Equal(
            Message("scan_progress", $$"""{{{scan}},"percent":25,"key":"naruto","folder":"Naruto","message":"Naruto"}"""), Json(Scanned(2)));
        Assert.Equal(
            Message("scan_complete", $$"""{{{scan}},"percent":100,"key":"naruto","folder":"Naruto","message":null,"series":8,"files":90,"missing":4,"duration_seconds":3.5}"""),
            Json(new ScanCompleted(Scan, 8, 90, 4, TimeSpan.FromSeconds(3.5), null), Scanned(2)));
        Assert.Equal(
            Message("scan_failed", $$"""{{{scan}},"percent":25,"key":"naruto","folder":"Naruto","message":"target_missing: The library is gone.","error":"target_missing: The library is gone.","cancelled":false}"""),
            Json(new ScanFailed(Scan, "target_missing: The library is gone.", false), Scanned(2)));
    }

    [Fact]
    public void A_system_notice_keeps_umlauts_and_hides_markup() => Assert.Equal(
        Message("system_notice", """{"level":"info","code":"test","message":"\u003Cb\u003EGrüße"}"""), Json(Notice("<b>Grüße")));

    [Fact]
    public void An_event_is_serialised_once_for_all_receivers()
    {
        var happened = new SequencedEvent(7, Now, Progressed(1));

        Assert.True(happened.Json.Span == happened.Json.Span);
    }

    [Fact]
    public void What_the_contract_does_not_name_stays_off_the_wire() =>
        Assert.True(new SequencedEvent(7, Now, new SeriesChanged("naruto", "Naruto")).Json.IsEmpty);

    [Theory]
    [InlineData(99.96, 99.9)]
    [InlineData(100, 100)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.04, 0)]
    public void Percent_rounds_to_100_only_when_it_is_done(double percent, double shown) => Assert.Equal(shown, WireUnits.Percent(percent));

    [Fact]
    public void A_speed_that_is_no_number_is_written_as_zero() => Assert.Equal(0, WireUnits.Mebibytes(double.PositiveInfinity));

    private static string Json(ProgressEvent happened, ProgressEvent? last = null) =>
        Encoding.UTF8.GetString(new SequencedEvent(7, Now, happened, last).Json.Span);

    private static string Message(string type, string data) =>
        $$"""{"type":"{{type}}","timestamp":"2026-11-22T17:01:02.034Z","seq":7,"data":{{data}}}""";
}
