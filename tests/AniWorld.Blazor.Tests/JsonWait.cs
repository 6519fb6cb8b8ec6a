using System.Text.Json;

namespace AniWorld.Blazor.Tests;

/// <summary>Looks again until something is so, for what no event tells. Gives up after 30 seconds.</summary>
internal sealed class JsonWait(AniWorldServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        using var timer = new PeriodicTimer(Pause);
        using var patience = new CancellationTokenSource(Patience);
        while (!condition(await server.GetAsync(path)))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(Pause);
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
