using System.Globalization;
using AniWorld.PageBench;

// serve ours|bare FOLDER: a server in a process of its own, told by its input what to do.
if (args is ["serve", var kind, var folder])
{
    await (kind == "ours" ? OurServer.RunAsync(folder) : BareServer.RunAsync());
    return 0;
}

var runs = int.TryParse(Environment.GetEnvironmentVariable("BENCH_RUNS"), CultureInfo.InvariantCulture, out var given) ? given : 5;
return await Comparison.RunAsync(runs) ? 0 : 1;
