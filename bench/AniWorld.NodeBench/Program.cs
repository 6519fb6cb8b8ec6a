using System.Globalization;
using AniWorld.NodeBench;
using AniWorld.Tests;

// claims: how many downloads workers take from a queue of 100,000. events: how fast what one node tells reaches another. Without either, both.
var runs = int.TryParse(Environment.GetEnvironmentVariable("BENCH_RUNS"), CultureInfo.InvariantCulture, out var given) ? given : 5;
using var server = PostgreSqlServer.Launch(isDurable: true);
if (args is [] or ["claims"])
{
    await ClaimsComparison.RunAsync(server, runs);
}

if (args is [] or ["events"])
{
    await EventsComparison.RunAsync(server, runs);
}
