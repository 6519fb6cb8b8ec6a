namespace AniWorld.SocketBench;

/// <summary>What both servers play: three downloads that progress four times a second, and one end of a download a second.</summary>
internal static class Script
{
    public const int Downloads = 3;

    /// <summary>How often a download reports; only every fifth time is anybody told.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public const int StepsPerTick = 5;

    public const int StepsPerEnd = 20;

    public static Uri AddressOf(WebApplication app) => new(app.Urls.Single());

    /// <summary>Serves until the input ends. Each line <c>play SECONDS</c> is answered with a line once it is done.</summary>
    /// <param name="play">Plays one step; its number is given.</param>
    public static async Task RunAsync(WebApplication app, Func<int, Task> play, Func<Task<string>> afterwards)
    {
        await app.StartAsync();
        Console.WriteLine(AddressOf(app));
        while (Console.ReadLine() is { } line)
        {
            if (line.Split(' ') is ["play", var seconds])
            {
                using var timer = new PeriodicTimer(Step);
                for (var step = 0; step < int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture) * StepsPerEnd; step++)
                {
                    await timer.WaitForNextTickAsync();
                    await play(step);
                }

                Console.WriteLine("played");
            }
            else
            {
                Console.WriteLine(await afterwards());
            }
        }

        await app.StopAsync();
    }

    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        return builder;
    }
}
