using System.Globalization;
using AniWorld.Blazor.Diagnosis;

namespace AniWorld.Blazor.Tests.Diagnosis;

public sealed class SystemTextsTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    /// <summary>Each reason that a check may have, whether a test can bring it about or not.</summary>
    [Theory]
    [InlineData("database", "ok", "unknown")]
    [InlineData("library", "ok", "missing", "unwritable", "unknown")]
    [InlineData("disk", "ok", "no_folder", "full", "unknown")]
    [InlineData("sources", "ok", "none", "failing", "profile", "unknown")]
    [InlineData("worker", "ok", "not_begun", "silent", "no_node", "unknown")]
    [InlineData("redis", "ok", "away", "unknown")]
    [InlineData("configuration", "ok", "broken")]
    [InlineData("data_disk", "ok", "low", "unknown")]
    [InlineData("backups", "ok", "off", "none", "old")]
    [InlineData("tasks", "ok", "failed", "off")]
    [InlineData("tool", "ok", "broken")]
    [InlineData("ffmpeg", "missing")]
    [InlineData("ffprobe", "missing")]
    [InlineData("yt-dlp", "missing", "unused")]
    public void Every_reason_has_its_sentence_in_both_languages(string check, params string[] reasons)
    {
        foreach (var reason in reasons)
        {
            CultureInfo.CurrentUICulture = new CultureInfo("en");
            var english = SystemTexts.Of($"Health_{check}_{reason}");
            CultureInfo.CurrentUICulture = new CultureInfo("de");

            Assert.NotEqual(english, check == "tool" && reason == "ok" ? "" : SystemTexts.Of($"Health_{check}_{reason}"));
        }
    }
}
