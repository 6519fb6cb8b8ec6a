namespace AniWorld.PageBench;

/// <summary>What a server in a process of its own is told line by line, each line being answered with one.</summary>
internal static class Orders
{
    /// <summary>What an answer begins with, among what a server says by itself.</summary>
    public const string Answer = "answer: ";

    /// <param name="others">What only this server can do.</param>
    public static async Task FollowAsync(Func<string[], Task<string>> others)
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(Answer + line.Split(' ') switch
            {
                ["cpu"] => Environment.CpuUsage.TotalTime.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture),
                ["heap"] => Heap().ToString(System.Globalization.CultureInfo.InvariantCulture),
                var words => await others(words),
            });
        }
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
