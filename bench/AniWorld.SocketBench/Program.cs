using System.Globalization;
using AniWorld.SocketBench;

// serve ours|bare: a server in a process of its own, told by its input what to do.
if (args is ["serve", var kind])
{
    await (kind == "ours" ? OurServer.RunAsync() : BareServer.RunAsync());
    return;
}

// CLIENTS SECONDS RUNS: both servers in turn, so often.
var numbers = args.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).ToArray();
if (numbers is not [> 0 and <= 10_000, > 0 and <= 60, > 0 and <= 20])
{
    Console.Error.WriteLine("AniWorld.SocketBench CLIENTS SECONDS RUNS, such as 1000 8 3");
    Environment.ExitCode = 2;
    return;
}

await new Comparison(numbers[0], numbers[1], numbers[2]).RunAsync();
