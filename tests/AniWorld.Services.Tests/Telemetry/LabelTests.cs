using AniWorld.Services.Telemetry;

namespace AniWorld.Services.Tests.Telemetry;

public sealed class LabelTests
{
    [Fact]
    public void Only_the_first_names_become_labels_and_their_case_does_not_count()
    {
        var names = new Names(2);

        Assert.Equal(["Rangeo", "Streamo", "other", "Rangeo", "other"], new[] { "Rangeo", "Streamo", "Third", "RANGEO", "Fourth" }.Select(names.Label));
    }

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(60, new Names(2).Label(new string('x', 5_000)).Length);

    [Theory]
    [InlineData("disk_full: There is no room.", "disk_full")]
    [InlineData("http_404: Gone.", "http_4xx")]
    [InlineData("http_503", "http_5xx")]
    [InlineData("http_999", "http_other")]
    [InlineData("http_", "http_other")]
    public void A_failures_class_is_its_code_without_another_servers_number(string error, string expected) =>
        Assert.Equal(expected, FaultClass.Of(error));
}
