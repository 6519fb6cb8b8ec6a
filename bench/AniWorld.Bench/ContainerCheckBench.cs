using System.Diagnostics;
using AniWorld.Services.Downloads.Engine.Containers;
using BenchmarkDotNet.Attributes;

namespace AniWorld.Bench;

/// <summary>The check of a finished file of a minute's video. Needs ffmpeg to make it.</summary>
[InProcess, MemoryDiagnoser]
public class ContainerCheckBench
{
    private string _folder = "";

    [Params("mp4", "ts", "mkv")]
    public string Container { get; set; } = "";

    private string File => Path.Join(_folder, "x." + Container);

    [GlobalSetup]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("aniworld-bench-").FullName;
        using var ffmpeg = Process.Start("ffmpeg",
            ["-v", "error", "-f", "lavfi", "-i", "testsrc=s=640x360:d=60", "-f", "lavfi", "-i", "sine=d=60", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest", File]);
        ffmpeg.WaitForExit();
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public object Check() => ContainerCheck.Check(File);
}
