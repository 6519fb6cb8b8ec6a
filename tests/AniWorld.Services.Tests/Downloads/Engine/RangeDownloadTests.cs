using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

public sealed class RangeDownloadTests : IAsyncLifetime
{
    private const int Size = 6_000_000;
    private static readonly byte[] Clip = Clips.Mp4(Size);
    private readonly EngineWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_file_comes_in_parallel_ranges_and_leaves_nothing_else_behind()
    {
        _world.Origin.Serve("/clip.bin", Clip);

        var media = await _world.DownloadAsync("/clip.bin");

        Assert.Equal(_world.Target + ".mp4", media.Path);
        Assert.Equal((Size, TimeSpan.FromSeconds(10)), (media.Size, media.Duration!.Value));
        Assert.Equal(Clip, await File.ReadAllBytesAsync(media.Path));
        Assert.Equal([Path.GetFileName(media.Path)], _world.Files);
        Assert.True(_world.Origin.Requests.Count > 2);
        Assert.All(_world.Origin.Requests, request => Assert.Equal("identity", request.Header("Accept-Encoding")));
        Assert.All(_world.Origin.Requests.Skip(1), request => Assert.Equal("\"v1\"", request.Header("If-Range")));
    }

    [Fact]
    public async Task One_connection_is_one_request()
    {
        _world.Origin.Serve("/clip", Clip);
        _world.Options = _world.Options with { Connections = 1 };

        await _world.DownloadAsync("/clip");

        Assert.Equal((0, null), _world.Origin.Requests.Single().Range);
    }

    [Fact]
    public async Task Progress_never_goes_back_and_is_whole_only_at_the_end()
    {
        _world.Origin.Serve("/clip", Clip);

        await _world.DownloadAsync("/clip");

        var told = _world.Progress.All;
        Assert.Equal(told.OrderBy(progress => progress.DownloadedBytes).Select(p => p.DownloadedBytes), told.Select(p => p.DownloadedBytes));
        Assert.All(told.SkipLast(1), progress => Assert.True(progress.Fraction < 1));
        Assert.Equal(1, told[^1].Fraction);
        Assert.Contains(told, progress => progress.TotalBytes == Size && progress.Stage == DownloadStage.Transferring);
    }

    [Fact]
    public async Task A_cancelled_download_goes_on_where_it_was()
    {
        _world.Origin.Serve("/clip", Clip);
        var fetched = await CancelAtAsync(Size / 2);

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
        Assert.InRange(fetched, Size / 2, Size - 1);
        Assert.All(AfterResume(), request => Assert.Equal("\"v1\"", request.Header("If-Range")));
        Assert.True(Asked(AfterResume()) <= Size - (Size / 2));
    }

    [Fact]
    public async Task A_download_cancelled_again_and_again_at_any_point_ends_with_the_same_bytes()
    {
        _world.Origin.Serve("/clip", Clip);
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            await CancelAtAsync(random.Next(Size - 100_000));
        }

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task The_state_of_the_disk_at_any_moment_is_one_to_go_on_from()
    {
        // What a kill leaves behind is what a copy, journal first, finds at that moment.
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        await using var world = new EngineWorld(time);
        world.Origin.Serve("/clip", Clip);
        var copies = new List<(byte[] Part, byte[] Journal)>();
        var turn = 0;
        world.Progress.OnReport = _ =>
        {
            if (Interlocked.Increment(ref turn) % 8 == 0)
            {
                lock (copies)
                {
                    if (File.Exists(world.Journal) && TryRead(world.Journal) is { } journal && TryRead(world.Part) is { } part)
                    {
                        copies.Add((part, journal));
                    }
                }
            }
        };
        await world.DownloadAsync("/clip");
        Assert.NotEmpty(copies);

        foreach (var (part, journal) in copies)
        {
            world.Progress.OnReport = null;
            File.Delete(world.Target + ".mp4");
            await File.WriteAllBytesAsync(world.Part, part);
            await File.WriteAllBytesAsync(world.Journal, journal);

            await world.DownloadAsync("/clip");

            Assert.Equal(Clip, await File.ReadAllBytesAsync(world.Target + ".mp4"));
        }

        static byte[]? TryRead(string path)
        {
            try
            {
                // The engine holds the part file alone, by an advisory lock: cp reads it all the same.
                using var copy = System.Diagnostics.Process.Start("cp", [path, path + ".copy"]);
                copy.WaitForExit();
                var bytes = copy.ExitCode == 0 ? File.ReadAllBytes(path + ".copy") : null;
                File.Delete(path + ".copy");
                return bytes;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task A_file_that_was_complete_before_the_rename_is_not_asked_for_again()
    {
        await File.WriteAllBytesAsync(_world.Part, Clip);
        await File.WriteAllTextAsync(_world.Journal, $$"""{"version":1,"kind":"file","length":{{Size}},"done":[[0,{{Size}}]]}""");

        var media = await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(media.Path));
        Assert.Empty(_world.Origin.Requests);
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task A_file_that_has_its_final_name_is_taken_as_it_is_and_leftovers_go()
    {
        await File.WriteAllBytesAsync(_world.Target + ".mp4", Clip);
        await File.WriteAllTextAsync(_world.Journal, "{}");

        var media = await _world.DownloadAsync("/clip");

        Assert.Equal(Size, media.Size);
        Assert.Empty(_world.Origin.Requests);
        Assert.Single(_world.Files);
    }

    [Fact]
    public async Task Something_else_under_the_final_name_is_never_overwritten()
    {
        await File.WriteAllTextAsync(_world.Target + ".mkv", "mine");

        Assert.Equal(FaultCode.NameConflict, (await _world.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_world.Target + ".mkv"));
    }

    [Fact]
    public async Task Something_that_comes_under_the_final_name_meanwhile_is_not_overwritten()
    {
        _world.Origin.Serve("/clip", Clip);
        _world.Progress.OnReport = _ => File.WriteAllText(_world.Target + ".mp4", "mine");

        Assert.Equal(FaultCode.NameConflict, (await _world.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_world.Target + ".mp4"));
        Assert.True(File.Exists(_world.Part));
    }

    [Theory]
    [InlineData(".part")]
    [InlineData(".part.json")]
    [InlineData(".mp4")]
    public async Task A_link_is_not_followed(string extension)
    {
        var elsewhere = Path.Combine(_world.Folder, "precious");
        await File.WriteAllTextAsync(elsewhere, "mine");
        File.CreateSymbolicLink(_world.Target + extension, elsewhere);
        _world.Origin.Serve("/clip", Clip);

        Assert.Equal(FaultCode.NameConflict, (await _world.FaultAsync("/clip")).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"kind\":\"fi")]
    [InlineData("{\"version\":99,\"kind\":\"file\"}")]
    [InlineData("null")]
    public async Task A_journal_that_cannot_be_used_is_set_aside_and_the_file_fetched_anew(string journal)
    {
        await File.WriteAllBytesAsync(_world.Part, new byte[1000]);
        await File.WriteAllTextAsync(_world.Journal, journal);
        _world.Origin.Serve("/clip", Clip);

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_part_file_shorter_than_its_journal_goes_on_at_its_real_end()
    {
        _world.Origin.Serve("/clip", Clip);
        await LeaveAsync(done: 3_000_000, there: 2_000_000, etag: "\"v1\"");

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
        Assert.Equal(2_000_000, _world.Origin.Requests.First().Range!.Value.From);
    }

    [Fact]
    public async Task A_file_that_changed_upstream_is_fetched_anew_and_never_spliced()
    {
        var other = Clips.Mp4(Size, seed: 2);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        _world.Origin.Serve("/clip", other, "\"v2\"");

        await _world.DownloadAsync("/clip");

        Assert.Equal(other, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_changed_file_is_noticed_although_the_server_ignores_if_range()
    {
        var other = Clips.Mp4(Size, seed: 2);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        _world.Origin.On("/clip", exchange => exchange.SendAsync(
            206, other[(int)exchange.Range!.Value.From..(int)((exchange.Range.Value.To ?? Size - 1) + 1)],
            $"Content-Range: bytes {exchange.Range.Value.From}-{exchange.Range.Value.To ?? Size - 1}/{Size}", "ETag: \"v2\""));

        await _world.DownloadAsync("/clip");

        Assert.Equal(other, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_smaller_file_than_before_is_fetched_anew()
    {
        var smaller = Clips.Mp4(2_000_000);
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        _world.Origin.On("/clip", exchange => exchange.SendFileAsync(smaller, null));

        await _world.DownloadAsync("/clip");

        Assert.Equal(smaller, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task An_answer_with_another_range_than_asked_is_not_believed()
    {
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        _world.Origin.On("/clip", exchange => exchange.Range is { From: > 0 }
            ? exchange.SendAsync(206, Clip[..1000], $"Content-Range: bytes 0-999/{Size}", "ETag: \"v1\"")
            : exchange.SendAsync(200, Clip));

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task An_error_page_in_place_of_the_rest_costs_nothing_of_what_is_there()
    {
        await LeaveAsync(done: 3_000_000, there: 3_000_000, etag: "\"v1\"");
        _world.Origin.On("/clip", exchange => exchange.SendAsync(200, "<html>expired</html>", "Content-Type: video/mp4"));
        Assert.Equal(FaultCode.NotMedia, (await _world.FaultAsync("/clip")).Code);
        _world.Origin.Serve("/clip", Clip);

        await _world.DownloadAsync("/clip");

        Assert.Equal(3_000_000, _world.Origin.Requests.ElementAt(1).Range!.Value.From);
        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_server_without_ranges_is_read_over_one_connection_and_from_the_start_after_a_cut()
    {
        var turn = 0;
        _world.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, $"Content-Length: {Size}");
            await exchange.BodyAsync(turn++ == 0 ? Clip[..2_000_000] : Clip);
            exchange.Closed = true;
        });

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
        Assert.Equal(2, _world.Origin.Requests.Count);
    }

    [Fact]
    public async Task A_cut_body_is_fetched_on_from_the_byte_where_it_broke()
    {
        var turn = 0;
        _world.Options = _world.Options with { Connections = 1 };
        _world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(turn++ == 0 ? bytes[..500_000] : bytes);
            exchange.Closed = true;
        }));

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
        Assert.Equal(500_000, _world.Origin.Requests.ElementAt(1).Range!.Value.From);
    }

    [Fact]
    public async Task A_body_cut_every_time_is_truncated_after_the_attempts()
    {
        var retries = 0;
        _world.Options = _world.Options with { Connections = 1, Attempts = 3, Retrying = _ => retries++ };
        _world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(bytes[..Math.Min(bytes.Length, 5000)]);
            exchange.Closed = true;
        }));

        Assert.Equal(FaultCode.Truncated, (await _world.FaultAsync("/clip")).Code);
        Assert.Equal((3, 2), (_world.Origin.Requests.Count, retries));
        Assert.DoesNotContain(_world.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_body_without_a_length_is_found_out_by_the_container_and_put_into_quarantine()
    {
        _world.Origin.On("/clip", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(Clip[..3_000_000]);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.Truncated, (await _world.FaultAsync("/clip")).Code);
        Assert.Empty(_world.Files);
        Assert.Equal(2, Directory.GetFiles(_world.QuarantineFolder).Length);
        Assert.All(_world.Progress.All, progress => Assert.Null(progress.Fraction));
    }

    [Fact]
    public async Task Two_files_of_one_name_in_quarantine_are_both_kept()
    {
        _world.Origin.Serve("/clip", [.. Clips.Box("ftyp", "isom"u8.ToArray()), .. Clips.Box("mdat", new byte[5000])]);

        await _world.FaultAsync("/clip");
        await _world.FaultAsync("/clip");

        Assert.Equal(4, Directory.GetFiles(_world.QuarantineFolder).Length);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("video/mp4")]
    public async Task A_page_is_no_video_whatever_it_is_called(string type)
    {
        _world.Origin.On("/clip", exchange => exchange.SendAsync(200, "\n <!doctype html><html>" + new string('x', 5000), $"Content-Type: {type}"));

        Assert.Equal(FaultCode.NotMedia, (await _world.FaultAsync("/clip")).Code);
        Assert.DoesNotContain(_world.Files, name => name.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_empty_file_is_too_small()
    {
        _world.Origin.Serve("/clip", []);

        Assert.Equal(FaultCode.TooSmall, (await _world.FaultAsync("/clip")).Code);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_server_fault_that_passes_is_waited_out(int status)
    {
        var turn = 0;
        _world.Origin.On("/clip", exchange => turn++ < 2 ? exchange.SendAsync(status, "later") : exchange.SendFileAsync(Clip, "\"v1\""));

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_file_that_is_not_given_is_not_asked_for_again(int status)
    {
        _world.Origin.On("/clip", exchange => exchange.SendAsync(status, "no"));

        Assert.Equal(FaultCode.Http(status), (await _world.FaultAsync("/clip")).Code);
        Assert.Single(_world.Origin.Requests);
    }

    [Fact]
    public async Task A_break_that_the_server_asks_for_is_left_to_the_queue()
    {
        _world.Origin.On("/clip", exchange => exchange.SendAsync(503, "", "Retry-After: 7"));

        var fault = await _world.FaultAsync("/clip");

        Assert.Equal((FaultCode.RateLimited, TimeSpan.FromSeconds(7)), (fault.Code, fault.RetryAfter!.Value));
        Assert.Single(_world.Origin.Requests);
    }

    [Fact]
    public async Task A_server_that_refuses_further_connections_is_left_with_one()
    {
        const int Further = 3;
        var (asked, refused) = (0, 0);
        var allRefused = new TaskCompletionSource();
        _world.Options = _world.Options with { Connections = Further + 1 };
        _world.Origin.On("/clip", async exchange =>
        {
            var number = Interlocked.Increment(ref asked);
            if (number is > 1 and <= Further + 1)
            {
                await exchange.SendAsync(429, "", "Retry-After: 60");
                if (Interlocked.Increment(ref refused) == Further)
                {
                    allRefused.SetResult();
                }

                return;
            }

            await exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
            {
                await exchange.BodyAsync(bytes[..(bytes.Length / 2)]);
                await allRefused.Task;
                await exchange.BodyAsync(bytes[(bytes.Length / 2)..]);
            });
        });

        await _world.DownloadAsync("/clip");

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_link_that_expires_midway_can_be_replaced_by_another()
    {
        var given = 0;
        _world.Origin.On("/old", exchange => Interlocked.Increment(ref given) > 2 ? exchange.SendAsync(403, "expired") : exchange.SendFileAsync(Clip, "\"v1\""));
        _world.Origin.Serve("/new", Clip);
        _world.Options = _world.Options with { Connections = 2 };
        var fault = await Record.ExceptionAsync(() => _world.DownloadAsync("/old"));

        if (fault is not null)
        {
            Assert.Equal(FaultCode.Http(403), Assert.IsType<FaultException>(fault).Code);
            await _world.DownloadAsync("/new");
            Assert.True(Asked(_world.Origin.RequestsTo("/new")) < Size);
        }

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task A_body_that_stops_is_given_up_and_asked_for_again()
    {
        var time = new FakeTimeProvider();
        await using var world = new EngineWorld(time);
        var turn = 0;
        var step = TimeSpan.FromSeconds(1);
        world.Options = world.Options with { Connections = 1, Attempts = 2, Retrying = _ => step = TimeSpan.FromMilliseconds(1) };
        world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            if (turn++ == 0)
            {
                await exchange.BodyAsync(bytes[..100_000]);
                await exchange.SilenceAsync();
            }

            await exchange.BodyAsync(bytes);
        }));

        await DriveAsync(world.DownloadAsync("/clip"), time, () => step);

        Assert.Equal(Clip, await File.ReadAllBytesAsync(world.Target + ".mp4"));
        Assert.Equal(100_000, world.Origin.Requests.ElementAt(1).Range!.Value.From);
    }

    [Fact]
    public async Task A_body_that_crawls_is_stalled()
    {
        var time = new FakeTimeProvider();
        await using var world = new EngineWorld(time);
        world.Options = world.Options with { Connections = 1, Attempts = 1 };
        world.Origin.On("/clip", exchange => exchange.SendFileAsync(Clip, "\"v1\"", async bytes =>
        {
            await exchange.BodyAsync(bytes[..5000]);
            for (var at = 5000; ; at++)
            {
                time.Advance(TimeSpan.FromSeconds(5));
                await exchange.BodyAsync(bytes[at..(at + 1)]);
                await Task.Delay(1);
            }
        }));

        Assert.Equal(FaultCode.Stalled, (await world.FaultAsync("/clip")).Code);
    }

    [Fact]
    public async Task Waits_between_attempts_grow()
    {
        var time = new FakeTimeProvider();
        await using var world = new EngineWorld(time);
        var at = new List<DateTimeOffset>();
        world.Options = world.Options with { Backoff = TimeSpan.FromSeconds(1), Attempts = 4 };
        world.Origin.On("/clip", exchange =>
        {
            at.Add(time.GetUtcNow());
            return exchange.SendAsync(500, "");
        });

        await Assert.ThrowsAsync<FaultException>(() => DriveAsync(world.DownloadAsync("/clip"), time, () => TimeSpan.FromMilliseconds(50)));

        Assert.Equal(4, at.Count);
        Assert.True(at[3] - at[0] > TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_full_disk_is_noticed_before_the_first_byte()
    {
        _world.Origin.Serve("/clip", Clip);
        _world.Options = _world.Options with { FreeSpaceReserve = long.MaxValue / 2 };

        Assert.Equal(FaultCode.DiskFull, (await _world.FaultAsync("/clip")).Code);
        Assert.True(!File.Exists(_world.Part) || new FileInfo(_world.Part).Length == 0);
    }

    [Fact]
    public async Task A_file_past_the_limit_is_too_large_with_and_without_a_length()
    {
        _world.Options = _world.Options with { MaxFileSize = 1_000_000 };
        _world.Origin.Serve("/clip", Clip);
        _world.Origin.On("/open", async exchange =>
        {
            await exchange.HeadAsync(200, "Connection: close");
            await exchange.BodyAsync(Clip);
            exchange.Closed = true;
        });

        Assert.Equal(FaultCode.TooLarge, (await _world.FaultAsync("/clip")).Code);
        Assert.Equal(FaultCode.TooLarge, (await _world.FaultAsync("/open")).Code);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_may_be_a_lost_mount_and_is_not_made()
    {
        var target = Path.Combine(_world.Folder, "gone", "x");

        var fault = await Assert.ThrowsAsync<FaultException>(() => _world.Downloader.DownloadAsync(
            new([new(TrackKind.Video, TransferKind.File, _world.Origin.Url("/clip"))]), target, _world.Options));

        Assert.Equal(FaultCode.TargetMissing, fault.Code);
        Assert.False(Directory.Exists(Path.GetDirectoryName(target)));
    }

    [Fact]
    public async Task A_paused_download_reads_nothing_and_goes_on()
    {
        var paused = false;
        _world.Options = _world.Options with { IsPaused = () => Volatile.Read(ref paused), Connections = 1 };
        _world.Origin.Serve("/clip", Clip);
        var held = new TaskCompletionSource();
        _world.Progress.OnReport = progress =>
        {
            if (progress.DownloadedBytes > 1_000_000 && !held.Task.IsCompleted)
            {
                Volatile.Write(ref paused, true);
                held.TrySetResult();
            }
        };
        var download = _world.DownloadAsync("/clip");
        await held.Task;
        var bytes = _world.Progress.All[^1].DownloadedBytes;
        Assert.False(download.IsCompleted);
        Assert.Equal(bytes, _world.Progress.All[^1].DownloadedBytes);

        Volatile.Write(ref paused, false);
        await download;

        Assert.Equal(Clip, await File.ReadAllBytesAsync(_world.Target + ".mp4"));
    }

    [Fact]
    public async Task Discarding_leaves_only_what_is_others()
    {
        _world.Origin.Serve("/clip", Clip);
        await CancelAtAsync(Size / 2);
        var neighbour = _world.Target + " - more.part";
        await File.WriteAllTextAsync(neighbour, "");

        _world.Downloader.Discard(_world.Target);

        Assert.Equal([Path.GetFileName(neighbour)], _world.Files);
    }

    [Fact]
    public async Task Two_runs_on_one_target_do_not_write_into_each_other()
    {
        var asked = new TaskCompletionSource();
        _world.Origin.On("/slow", exchange =>
        {
            asked.TrySetResult();
            return exchange.SilenceAsync();
        });
        using var cancel = new CancellationTokenSource();
        var first = _world.DownloadAsync("/slow", cancellationToken: cancel.Token);
        await asked.Task;

        Assert.Equal(FaultCode.NameConflict, (await _world.FaultAsync("/slow")).Code);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    private static async Task DriveAsync(Task task, FakeTimeProvider time, Func<TimeSpan> step)
    {
        while (!task.IsCompleted)
        {
            time.Advance(step());
            await Task.WhenAny(task, Task.Delay(2));
        }

        await task;
    }

    private static long Asked(IEnumerable<Exchange> requests) =>
        requests.Where(request => request.Range is { To: not null }).Sum(request => request.Range!.Value.To!.Value + 1 - request.Range.Value.From);

    private IEnumerable<Exchange> AfterResume() => _world.Origin.Requests.Skip(_before);

    private int _before;

    /// <summary>Runs until so many bytes are told, cancels, and returns how many there were.</summary>
    private async Task<long> CancelAtAsync(long bytes)
    {
        using var cancel = new CancellationTokenSource();
        _world.Progress.OnReport = progress =>
        {
            if (progress.DownloadedBytes >= bytes)
            {
                cancel.Cancel();
            }
        };
        var exception = await Record.ExceptionAsync(() => _world.DownloadAsync("/clip", cancellationToken: cancel.Token));
        _world.Progress.OnReport = null;
        Assert.IsAssignableFrom<OperationCanceledException>(exception);
        _before = _world.Origin.Requests.Count;
        return _world.Progress.All[^1].DownloadedBytes;
    }

    /// <summary>What an earlier run of the clip left.</summary>
    private async Task LeaveAsync(int done, int there, string etag)
    {
        await File.WriteAllBytesAsync(_world.Part, Clip[..there]);
        await File.WriteAllTextAsync(
            _world.Journal,
            $$"""{"version":1,"kind":"file","etag":{{System.Text.Json.JsonSerializer.Serialize(etag)}},"length":{{Size}},"done":[[0,{{done}}]]}""");
    }
}
