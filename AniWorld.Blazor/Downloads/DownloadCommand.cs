using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using AniWorld.Blazor.CommandLine;
using AniWorld.Data.Downloads;
using AniWorld.Services.Library;

namespace AniWorld.Blazor.Downloads;

/// <summary><c>aniworld download</c>: queues episodes, and where nobody else works the queue off, does so until they are there.</summary>
internal sealed class DownloadCommand
{
    private readonly Argument<string> _key = new("key") { Description = "The series", HelpName = "KEY" };

    private readonly Argument<string[]> _episodes = new("episodes")
    {
        Description = "Such as S01E02 or S01E02-E05; specials and films are S00",
        HelpName = "S01E02",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _missing = new("--missing") { Description = "All episodes that are missing" };

    private readonly Option<string> _priority = new("--priority")
    {
        Description = "low, normal or high",
        HelpName = "PRIORITY",
        DefaultValueFactory = _ => "normal",
    };

    private readonly Option<string?> _language = new("--language") { Description = "Such as de-sub; else the language profile decides", HelpName = "CODE" };

    private readonly Option<bool> _wait = new("--wait") { Description = "Wait until they have ended; without a running server that is always so" };

    private DownloadCommand()
    {
    }

    public static Command Create(CommandFrame frame)
    {
        var download = new DownloadCommand();
        download._priority.AcceptOnlyFromAmong("low", "normal", "high");
        var command = new Command("download", "Download episodes of a series")
        {
            download._key, download._episodes, download._missing, download._priority, download._language, download._wait,
        };
        command.Validators.Add(download.Check);
        return frame.OnServer(command, download.RunAsync, HostUse.DownloadCommand);
    }

    private void Check(CommandResult given)
    {
        var episodes = given.GetValue(_episodes) ?? [];
        if (given.GetValue(_missing) == episodes.Length > 0)
        {
            given.AddError("Name episodes such as S01E02, or give --missing.");
        }

        foreach (var wrong in episodes.Where(text => EpisodeSelection.Read(text) is null))
        {
            given.AddError($"'{wrong}' names no episodes; write S01E02, or S01E02-E05 for at most {EpisodeSelection.Most} of them.");
        }
    }

    private async Task<int> RunAsync(ParseResult given, ServerConnection server, CommandOutput output, CancellationToken cancellationToken)
    {
        var key = given.GetValue(_key)!;
        var wanted = given.GetValue(_missing)
            ? await MissingAsync(server.Api, key, cancellationToken)
            : [.. given.GetValue(_episodes)!.SelectMany(text => EpisodeSelection.Read(text)!).Distinct()];
        var queued = await EnqueueAsync(given, server.Api, key, wanted, cancellationToken);
        output.Write(queued, () => Tell(output, key, wanted, queued));
        if (queued.Added.Count > 0 && (server.IsOwn || given.GetValue(_wait)))
        {
            return await new DownloadWatch(server.Api, output).RunAsync(queued.Added, cancellationToken);
        }

        return queued.Added.Count > 0 || wanted.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<List<EpisodeNumber>> MissingAsync(ApiClient api, string key, CancellationToken cancellationToken)
    {
        var series = await api.GetAsync<JsonElement>($"/api/anime/{Uri.EscapeDataString(key)}", cancellationToken);
        return
        [
            .. series.GetProperty("missing_episodes").Deserialize<Dictionary<int, int[]>>()!
                .SelectMany(season => season.Value.Select(number => new EpisodeNumber(season.Key, number))),
        ];
    }

    private async Task<EnqueueAnswer> EnqueueAsync(
        ParseResult given, ApiClient api, string key, IReadOnlyList<EpisodeNumber> wanted, CancellationToken cancellationToken)
    {
        var answers = new List<EnqueueAnswer>();
        foreach (var some in wanted.Chunk(EpisodeSelection.Most))
        {
            var request = new DownloadRequest
            {
                SerieId = key,
                Episodes = some,
                Priority = Enum.Parse<DownloadPriority>(given.GetValue(_priority)!, ignoreCase: true),
                Language = given.GetValue(_language),
            };
            answers.Add(await api.PostAsync<EnqueueAnswer>("/api/queue/add", request, cancellationToken));
        }

        return new([.. answers.SelectMany(answer => answer.Added)], [.. answers.SelectMany(answer => answer.Skipped)]);
    }

    private static void Tell(CommandOutput output, string key, List<EpisodeNumber> wanted, EnqueueAnswer queued)
    {
        foreach (var skipped in queued.Skipped)
        {
            output.Say($"{new EpisodeNumber(skipped.Season, skipped.Episode)} is left out. {skipped.Reason}");
        }

        output.Say(wanted.Count == 0 ? $"No episode of {key} is missing." : $"{queued.Added.Count} episodes of {key} are in the queue.");
    }
}
