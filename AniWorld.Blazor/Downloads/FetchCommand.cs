using System.CommandLine;
using System.CommandLine.Parsing;
using AniWorld.Blazor.CommandLine;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads;

namespace AniWorld.Blazor.Downloads;

/// <summary><c>aniworld fetch</c>: downloads a media file or playlist, or a list of them, with the engine alone.</summary>
/// <remarks>No server, no data folder, no database. Settings of the environment and the command line count, such as <c>--downloads.stall_seconds 5</c>.</remarks>
internal sealed class FetchCommand
{
    private const int MostConnections = 16;
    private const int MostParallel = 64;
    private const int DefaultParallel = 3;

    private readonly Argument<string?> _url = new("url")
    {
        Description = "Address of a video file or an HLS playlist",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "URL",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = $"File to write: .{string.Join(" .", MediaFetch.Extensions)}; a playlist becomes .mp4 (with ffmpeg) or .ts",
        HelpName = "FILE",
    };

    private readonly Option<string?> _list = new("--list")
    {
        Description = "File with an address on each line, and a name after it where the address has none; - reads standard input",
        HelpName = "FILE",
    };

    private readonly Option<string?> _folder = new("--dir") { Description = "Folder for the files of --list, made when missing", HelpName = "DIR" };

    private readonly Option<int?> _parallel = new("--parallel")
    {
        Description = $"Files of --list at once, 1 to {MostParallel}, default {DefaultParallel}",
        HelpName = "N",
    };

    private readonly Option<int?> _connections = new("--connections")
    {
        Description = $"Connections per file, at most, 1 to {MostConnections}, default 8",
        HelpName = "N",
    };

    private readonly Option<bool> _allowPrivate = new("--allow-private") { Description = "Let addresses lead into private networks and to this machine" };

    private readonly Option<double?> _speedLimit = new("--speed-limit") { Description = "Over all files, in MiB per second; 0 for none", HelpName = "MIBPS" };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object per line: progress, complete, failed" };

    private FetchCommand()
    {
    }

    /// <param name="settings">Those given on the command line.</param>
    public static Command Create(SettingArguments settings)
    {
        var fetch = new FetchCommand();
        var command = new Command("fetch", "Download a media file or playlist, whole or not at all; run it again to go on where it was")
        {
            fetch._url, fetch._output, fetch._list, fetch._folder, fetch._parallel,
            fetch._connections, fetch._allowPrivate, fetch._speedLimit, fetch._json,
        };
        command.Validators.Add(fetch.Check);
        command.SetAction((parsed, _) => fetch.RunAsync(parsed, settings));
        return command;
    }

    private void Check(CommandResult given)
    {
        var (url, list) = (given.GetValue(_url), given.GetValue(_list));
        var problem = (url, list) switch
        {
            (null, null) => "Give an address and -o FILE, or --list FILE and --dir DIR.",
            (not null, not null) => "Give an address or --list, not both.",
            (not null, _) when given.GetValue(_output) is null => "Say with -o FILE where to write.",
            (not null, _) when given.GetValue(_folder) is not null => "--dir goes with --list.",
            (_, not null) when given.GetValue(_folder) is null => "Say with --dir DIR where to write.",
            (_, not null) when given.GetValue(_output) is not null => "-o goes with one address; --list has its names in the list.",
            _ when given.GetValue(_parallel) is < 1 or > MostParallel => $"--parallel is 1 to {MostParallel}.",
            _ when given.GetValue(_connections) is < 1 or > MostConnections => $"--connections is 1 to {MostConnections}.",
            _ when given.GetValue(_speedLimit) is < 0 or double.NaN => "--speed-limit is 0 (none) or more.",
            _ => null,
        };
        if (problem is not null)
        {
            given.AddError(problem);
        }
    }

    private async Task<int> RunAsync(ParseResult given, SettingArguments settings)
    {
        try
        {
            using var interruption = new Interruption();
            var orders = given.GetValue(_list) is { } list
                ? await FetchList.ReadAsync(list, given.GetValue(_folder)!, interruption.Token)
                : [FetchList.OrderOf(given.GetValue(_url)!, given.GetValue(_output)!)];
            var run = new FetchRun(OptionsOf(given, settings), given.GetValue(_allowPrivate));
            var report = FetchReports.For(given.GetValue(_json), Console.IsOutputRedirected);
            return await run.RunAsync(orders, given.GetValue(_parallel) ?? DefaultParallel, report, interruption.Token);
        }
        catch (Exception e) when (e is FormatException or InvalidConfigurationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private AniWorldOptions OptionsOf(ParseResult given, SettingArguments settings)
    {
        var options = settings.ToOptions();
        return options with
        {
            Downloads = options.Downloads with
            {
                Connections = given.GetValue(_connections) ?? options.Downloads.Connections,
                SpeedLimitMbps = given.GetValue(_speedLimit) ?? options.Downloads.SpeedLimitMbps,
            },
        };
    }
}
