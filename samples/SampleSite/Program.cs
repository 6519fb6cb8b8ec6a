using AniWorld.SampleSite.Demo;

namespace AniWorld.SampleSite;

/// <summary>Runs the site until Ctrl+C; <c>demo</c> runs AniWorld on it.</summary>
/// <remarks>Not top-level statements: these make a public <c>Program</c>, and a test project that sees two of them cannot name either.</remarks>
internal static class Program
{
    private const string DefaultAddress = "http://127.0.0.1:8010";

    private static async Task<int> Main(string[] args)
    {
        if (args is ["demo", .. var rest])
        {
            return await DemoRun.RunAsync(rest);
        }

        try
        {
            var options = CommandLine.Read(args) with { FallbackAddress = DefaultAddress };
            await using var site = SampleSiteHost.Build(options, args);
            await site.StartAsync();
            Console.WriteLine($"Sample catalogue: {string.Join(", ", site.Urls)}");
            await site.WaitForShutdownAsync();
            return 0;
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
