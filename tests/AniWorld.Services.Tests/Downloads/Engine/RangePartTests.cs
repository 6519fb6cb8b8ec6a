using AniWorld.Services.Downloads.Engine;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>The part file and its journal, against kills and losses of power at any moment.</summary>
public sealed class RangePartTests : IDisposable
{
    private const int Size = 40_000;
    private static readonly byte[] Content = Clips.Noise(Size, 3);
    private static readonly Validators Origin = new("\"v1\"", null, Size);
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-part-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private enum Kind
    {
        Write,
        Flush,
        Wait,
        Kill,
        PowerLoss,
        Shorten,
        TearJournal,
    }

    [Fact]
    public async Task Whatever_a_run_ends_with_the_next_one_makes_the_same_file_of_it()
    {
        var step = Gen.Select(Gen.Frequency((8, Gen.Const(Kind.Write)), (4, Gen.Enum<Kind>())), Gen.Int[0, Size - 1], Gen.Int[1, 5000]);
        await step.Array[0, 60].SampleAsync(
            async steps =>
            {
                await using var disk = new Disk(new(Path.Combine(_folder, Guid.NewGuid().ToString("N")), Path.Combine(_folder, Guid.NewGuid().ToString("N"))));
                foreach (var (kind, position, count) in steps)
                {
                    await disk.StepAsync(kind, position, Math.Min(count, Size - position));
                }

                await disk.FinishAsync();
            },
            iter: 150);
    }

    /// <summary>Forgets at a loss of power all that was not flushed, as a real one may.</summary>
    private sealed class Disk : IAsyncDisposable
    {
        private readonly PartPaths _paths;
        private readonly FakeTimeProvider _time = new();
        private RangePart _part;

        public Disk(PartPaths paths)
        {
            _paths = paths;
            _part = Open();
        }

        public async Task StepAsync(Kind kind, int position, int count)
        {
            switch (kind)
            {
                case Kind.Write:
                    await _part.WriteAsync(Content.AsSpan(position, count), position);
                    break;
                case Kind.Flush:
                    await _part.SalvageAsync();
                    break;
                case Kind.Wait:
                    _time.Advance(TimeSpan.FromSeconds(3));
                    break;
                default:
                    await RestartAsync(kind, position);
                    break;
            }
        }

        public async Task FinishAsync()
        {
            foreach (var range in _part.Missing)
            {
                await _part.WriteAsync(Content.AsSpan((int)range.Start, (int)range.Length), range.Start);
            }

            await _part.CompleteAsync();
            Assert.True(_part.IsComplete);
            _part.Dispose();
            Assert.Equal(Content, await File.ReadAllBytesAsync(_paths.Part));
        }

        public ValueTask DisposeAsync()
        {
            _part.Dispose();
            _paths.Delete();
            return ValueTask.CompletedTask;
        }

        private async Task RestartAsync(Kind kind, int position)
        {
            _part.Dispose();
            if (kind == Kind.PowerLoss)
            {
                await LoseWhatIsNotJournaledAsync();
            }
            else if (kind == Kind.Shorten)
            {
                await using var part = File.OpenWrite(_paths.Part);
                part.SetLength(Math.Min(part.Length, position));
            }
            else if (kind == Kind.TearJournal && File.Exists(_paths.Journal))
            {
                await using var journal = File.OpenWrite(_paths.Journal);
                journal.SetLength(position % (journal.Length + 1) is var cut && cut == journal.Length ? 0 : cut);
            }

            _part = Open();
        }

        private async Task LoseWhatIsNotJournaledAsync()
        {
            var journal = JournalFile.Load<RangeJournal>(_paths, RangeJournal.File);
            var bytes = new byte[Size];
            foreach (var pair in journal?.Done ?? [])
            {
                Content.AsSpan((int)pair[0]..(int)pair[1]).CopyTo(bytes.AsSpan((int)pair[0]));
            }

            await File.WriteAllBytesAsync(_paths.Part, bytes);
        }

        private RangePart Open()
        {
            var part = new RangePart(new PartFile(_paths, new MediaDownloadOptions { FreeSpaceReserve = 0 }, _time));
            if (part.Origin is null)
            {
                part.Begin(Origin);
            }
            else
            {
                part.GoOn();
            }

            return part;
        }
    }
}
