using AniWorld.Services.Configuration;

namespace AniWorld.Services.Tests.Configuration;

public sealed class SettingArgumentsTests
{
    [Fact]
    public void Settings_are_taken_out_from_between_the_other_arguments()
    {
        var split = SettingArguments.Split(
            ["fetch", "--downloads.attempts", "2", "http://a/b.mp4", "--downloads:connections=4", "-o", "b.mp4", "--urls", "http://c:1"]);

        Assert.Equal(["--downloads.attempts", "2", "--downloads:connections=4"], split.Settings);
        Assert.Equal(["fetch", "http://a/b.mp4", "-o", "b.mp4", "--urls", "http://c:1"], split.Others);
        Assert.Empty(split.Problems);
    }

    [Theory]
    [InlineData("--providers.aniworld.base_url")]
    [InlineData("--network.allow_private_hosts.0")]
    [InlineData("--anime_directory")]
    [InlineData("--limits.bcrypt_cost")]
    [InlineData("--Kestrel:Certificates:Default:Path")]
    public void Members_of_lists_and_maps_and_the_hosts_sections_are_known(string name) =>
        Assert.Empty(SettingArguments.Split([name, "1"], "Kestrel").Problems);

    [Theory]
    [InlineData("--downloads.paralel=4", "There is no setting downloads.paralel.")]
    [InlineData("--downloads.parallel.more=4", "There is no setting downloads.parallel.more.")]
    [InlineData("--network.allow_private_hosts.first=a:1", "There is no setting network.allow_private_hosts.first.")]
    [InlineData("--downloads.parallel", "The setting downloads.parallel needs a value.")]
    public void What_is_no_setting_is_named(string argument, string problem) =>
        Assert.Equal([problem], SettingArguments.Split([argument]).Problems);

    [Fact]
    public void The_command_line_comes_before_the_environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["ANIWORLD__DOWNLOADS__ATTEMPTS"] = "7",
            ["ANIWORLD__DOWNLOADS__STALL_SECONDS"] = "9",
            ["PATH"] = "/bin",
        };

        var options = SettingArguments.Split(["--downloads.attempts", "2"]).ToOptions(environment);

        Assert.Equal((2, 9), (options.Downloads.Attempts, options.Downloads.StallSeconds));
        Assert.Equal(new DownloadOptions().Connections, options.Downloads.Connections);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void A_value_that_is_none_is_refused(string value)
    {
        var settings = SettingArguments.Split(["--downloads.attempts", value]);

        var refusal = Assert.Throws<InvalidConfigurationException>(() => settings.ToOptions(new Dictionary<string, string>()));

        Assert.Equal("downloads.attempts", Assert.Single(refusal.Problems).Path);
    }
}
