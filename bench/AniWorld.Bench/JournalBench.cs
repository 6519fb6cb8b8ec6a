using AniWorld.Services.Downloads.Engine;
using BenchmarkDotNet.Attributes;

namespace AniWorld.Bench;

/// <summary>One journal written for good (with its fsync) and read again.</summary>
[InProcess, MemoryDiagnoser]
public class JournalBench
{
    private string _folder = "";
    private PartPaths _paths = null!;
    private RangeJournal _journal = null!;

    [Params(16, 1000)]
    public int Ranges { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
        _paths = new(Path.Join(_folder, "x.part"), Path.Join(_folder, "x.part.json"));
        _journal = new RangeJournal
        {
            ETag = "\"one\"", Length = 1L << 30, Done = [.. Enumerable.Range(0, Ranges).Select(i => (long[])[i * 100_000L, (i * 100_000L) + 50_000])],
        };
        JournalFile.Save(_paths, _journal);
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public void Save() => JournalFile.Save(_paths, _journal);

    [Benchmark]
    public object? Load() => JournalFile.Load<RangeJournal>(_paths, RangeJournal.File);
}
