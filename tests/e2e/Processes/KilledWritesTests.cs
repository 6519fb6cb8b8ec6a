using System.Net.Http.Json;
using System.Text.Json;

namespace AniWorld.E2E.Processes;

/// <summary>kill -9 while several clients write: what was acknowledged is there, and nothing is torn.</summary>
[Trait("Kind", "kill")]
public sealed class KilledWritesTests
{
    private const int Seed = 20261122;
    private const int Rounds = 50;
    private const string Queued = "chronik-der-tausend-boten";
    private const string Ignored = "die-sternenbaecker-von-oevelgoenne";

    private readonly List<string> _queued = [];
    private readonly Last<bool>[] _ignored = [.. Enumerable.Range(0, 12).Select(_ => new Last<bool>(false))];
    private readonly Last<int> _stall = new(30);
    private Last<string> _order = new("");
    private string[] _reordered = [];
    private int _acknowledged;
    private int _episode;
    private int _turn;

    [Fact]
    public async Task Every_acknowledged_write_survives_a_kill_and_the_files_are_sound()
    {
        await using var server = await ReadyServer.StartAsync();
        await server.PostAsync("/api/queue/stop");
        await server.AddAsync(Queued);
        await server.AddAsync(Ignored);
        _reordered = [.. await server.EnqueueAsync(Ignored, "high", 2, Enumerable.Range(1, 12))];
        _order = new Last<string>(string.Join(' ', _reordered));
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var enough = Volatile.Read(ref _acknowledged) + random.Next(4, 30);
            var writers = Task.WhenAll(
                RepeatAsync(() => EnqueueAsync(server)),
                RepeatAsync(() => IgnoreAsync(server)),
                RepeatAsync(() => ConfigureAsync(server)),
                RepeatAsync(() => ReorderAsync(server)));
            await ReadyServer.WaitAsync(
                () => Task.FromResult(Volatile.Read(ref _acknowledged) >= enough || writers.IsCompleted), () => $"{_acknowledged} writes");
            await server.Process.KillAsync();
            await writers;

            AssertDatabase(server.Process.Data);
            AssertConfiguration(server.Process.Data);
            await server.Process.StartAgainAsync();
        }

        Assert.True(_queued.Count >= Rounds, $"Only {_queued.Count} episodes were queued.");
        Assert.Equal(_queued.Order(), (await server.ItemsAsync()).Select(item => item.GetProperty("id").GetString()!).Order().Where(_queued.Contains));
    }

    /// <summary>Until the server is gone. Only that may end it.</summary>
    private async Task RepeatAsync(Func<Task<HttpResponseMessage>> write)
    {
        try
        {
            while (true)
            {
                using var answer = await write();
                Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
                Interlocked.Increment(ref _acknowledged);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
        }
    }

    private async Task<HttpResponseMessage> EnqueueAsync(ReadyServer server)
    {
        var episode = ++_episode;
        var answer = await server.Http.PostAsJsonAsync(
            "/api/queue/add", new { serie_id = Queued, language = "de-sub", episodes = new[] { new { season = 1, episode } } });
        var added = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("added");
        lock (_queued)
        {
            _queued.AddRange(added.EnumerateArray().Select(id => id.GetString()!));
        }

        return answer;
    }

    private Task<HttpResponseMessage> IgnoreAsync(ReadyServer server)
    {
        var index = _turn++ % _ignored.Length;
        return _ignored[index].ChangeAsync(!_ignored[index].Value, ignored => server.Http.PatchAsJsonAsync(
            $"/api/anime/{Ignored}/episodes", new { episodes = new[] { new { season = 1, episode = index + 1 } }, ignored }));
    }

    private Task<HttpResponseMessage> ConfigureAsync(ReadyServer server) => _stall.ChangeAsync(
        1 + (_stall.Value % 300), seconds => server.Http.PutAsJsonAsync("/api/config", new { downloads = new { stall_seconds = seconds } }));

    private Task<HttpResponseMessage> ReorderAsync(ReadyServer server)
    {
        var ids = _reordered.ToArray();
        Random.Shared.Shuffle(ids);
        return _order.ChangeAsync(string.Join(' ', ids), _ => server.Http.PostAsJsonAsync("/api/queue/reorder", new { item_ids = ids }));
    }

    private void AssertDatabase(string data)
    {
        Assert.Equal(["ok"], DatabaseFile.Ask(data, "PRAGMA integrity_check"));
        var rows = DatabaseFile.Ask(data, "SELECT lower(replace(Id, '-', '')) FROM Downloads ORDER BY Priority DESC, Position, Id").Cast<string>().ToList();
        Assert.Empty(_queued.Except(rows));
        _order.AssertStored(string.Join(' ', rows.Where(_reordered.Contains)));
        var ignored = DatabaseFile.Ask(
            data,
            "SELECT e.Ignored FROM Episodes e JOIN Series s ON s.Id = e.SeriesId WHERE s.Key = $key AND e.Season = 1 ORDER BY e.Number",
            ("$key", Ignored));
        for (var i = 0; i < _ignored.Length; i++)
        {
            _ignored[i].AssertStored((long)ignored[i] == 1);
        }
    }

    private void AssertConfiguration(string data)
    {
        var configuration = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(Path.Join(data, "config.json")));
        _stall.AssertStored(
            configuration.GetProperty("downloads").TryGetProperty("stall_seconds", out var seconds) ? seconds.GetInt32() : 30);
    }

    /// <summary>A value that one client changes again and again: it is what was acknowledged last, or what was under way.</summary>
    private sealed class Last<T>(T value)
    {
        private T _next = value;

        public T Value { get; private set; } = value;

        public async Task<HttpResponseMessage> ChangeAsync(T next, Func<T, Task<HttpResponseMessage>> write)
        {
            _next = next;
            var answer = await write(next);
            Value = answer.IsSuccessStatusCode ? next : Value;
            return answer;
        }

        public void AssertStored(T stored)
        {
            Assert.Contains(stored, (T[])[Value, _next]);
            Value = _next = stored;
        }
    }
}
