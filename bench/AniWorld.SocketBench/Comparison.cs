using System.Diagnostics;
using System.Globalization;

namespace AniWorld.SocketBench;

/// <summary>Both servers in turn with the same clients; ours with one more, which does not read.</summary>
internal sealed class Comparison(int clients, int seconds, int runs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private const int ConnectsAtOnce = 50;

    private readonly List<Round> _bare = [];
    private readonly List<Round> _ours = [];
    private string _stuck = "";

    public async Task RunAsync()
    {
        for (var run = 1; run <= runs; run++)
        {
            _bare.Add(await RoundAsync("bare", isLast: false));
            _ours.Add(await RoundAsync("ours", isLast: run == runs));
        }

        Print();
    }

    private async Task<Round> RoundAsync(string kind, bool isLast)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", kind])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var address = new Uri((await server.StandardOutput.ReadLineAsync(patience.Token))!);
            using var stuck = new StuckClient();
            if (kind == "ours")
            {
                await stuck.ConnectAsync(address, patience.Token);
            }

            var receivers = Enumerable.Range(0, clients).Select(_ => new Receiver()).ToList();
            await Parallel.ForEachAsync(
                receivers,
                new ParallelOptions { MaxDegreeOfParallelism = ConnectsAtOnce, CancellationToken = patience.Token },
                async (receiver, token) => await receiver.ConnectAsync(address, token));
            await AskAsync(server, $"play {seconds}", patience.Token);
            await Task.Delay(1_000, patience.Token);
            server.Refresh();
            var memory = server.WorkingSet64;
            await Task.WhenAll(receivers.Select(receiver => receiver.CloseAsync()));
            _stuck = isLast ? await AskAsync(server, "afterwards", patience.Token) : _stuck;
            return Round.Of(receivers, seconds, memory);
        }
        finally
        {
            server.StandardInput.Close();
            if (!server.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                server.Kill();
            }
        }
    }

    private static async Task<string> AskAsync(Process server, string question, CancellationToken cancellationToken)
    {
        await server.StandardInput.WriteLineAsync(question);
        await server.StandardInput.FlushAsync(cancellationToken);
        return (await server.StandardOutput.ReadLineAsync(cancellationToken))!;
    }

    private void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            **{clients:N0} clients, {seconds} s, {runs} runs**

            | | median, ms | p99, ms | p99 from–to | slowest, ms | events | lost | memory, MiB |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            {Row("bare ASP.NET broadcast", _bare)}
            {Row("aniworld, one more client not reading", _ours)}

            | demanded | measured | |
            | --- | ---: | --- |
            """));
        var ratios = _ours.Zip(_bare, (ours, bare) => ours.P99 / bare.P99).Order().ToList();
        var slowest = _ours.Max(round => round.P99);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| p99 at most 1.3 × bare | {Middle(ratios):0.00} ({ratios[0]:0.00}–{ratios[^1]:0.00}) | {Verdict(Middle(ratios) <= 1.3)} |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| p99 at most 250 ms | {slowest:0} | {Verdict(slowest <= 250)} |"));
        Console.WriteLine($"| the client that does not read is closed | {_stuck} | {Verdict(_stuck == "closed")} |");
    }

    private static string Row(string name, List<Round> rounds)
    {
        var p99 = rounds.Select(round => round.P99).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Middle([.. rounds.Select(round => round.Median).Order()]):0.0} | {Middle(p99):0.0} | {p99[0]:0.0}–{p99[^1]:0.0} | "
            + $"{rounds.Max(round => round.Slowest):0} | {rounds.Sum(round => round.Events):N0} | {rounds.Sum(round => round.Lost)} | {rounds.Max(round => round.Memory) >> 20} |");
    }

    private static string Verdict(bool reached) => reached ? "reached" : "not reached";

    private static double Middle(List<double> sorted) => sorted[sorted.Count / 2];
}

/// <param name="Lost">Ends of downloads that a client did not get.</param>
internal sealed record Round(double Median, double P99, double Slowest, int Events, int Lost, long Memory)
{
    public static Round Of(List<Receiver> receivers, int seconds, long memory)
    {
        var ages = receivers.SelectMany(receiver => receiver.Ages).Order().ToList();
        return new Round(
            ages[ages.Count / 2],
            ages[(int)(ages.Count * 0.99)],
            ages[^1],
            ages.Count,
            receivers.Sum(receiver => seconds - receiver.Ends),
            memory);
    }
}
