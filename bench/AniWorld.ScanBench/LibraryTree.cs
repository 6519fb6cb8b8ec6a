using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AniWorld.Services.Library;

namespace AniWorld.ScanBench;

/// <summary>120,000 videos in 5,000 folders: every other folder has a sidecar that names its files, the rest is named as people name folders.</summary>
internal static class LibraryTree
{
    private const int Folders = 5_000;
    private const int FilesEach = 24;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static int Make(string root)
    {
        Parallel.For(0, Folders, index =>
        {
            if (index % 2 == 0)
            {
                MakeSeries(root, index);
            }
            else
            {
                MakeOther(root, index);
            }
        });
        return Folders * FilesEach;
    }

    private static void MakeSeries(string root, int index)
    {
        var name = $"Die lange Reise Nr. {index}";
        var folder = Directory.CreateDirectory(Path.Join(root, $"{name} ({1990 + (index % 35)})")).FullName;
        List<SidecarFile> files = [];
        for (var number = 1; number <= FilesEach; number++)
        {
            var file = $"{name} - S01E{number:00} - Folge {number} [de-dub].mp4";
            MakeVideo(Path.Join(folder, file), 1_000 + number);
            files.Add(new SidecarFile
            {
                Path = file,
                Season = 1,
                Episodes = [number],
                Language = "de-dub",
                SizeBytes = 1_000 + number,
                Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file))),
            });
        }

        var sidecar = new SeriesSidecar
        {
            Key = $"die-lange-reise-nr-{index}",
            Name = name,
            Link = $"https://aniworld.to/anime/stream/die-lange-reise-nr-{index}",
            Provider = "aniworld",
            Year = 1990 + (index % 35),
            Files = files,
        };
        File.WriteAllText(Path.Join(folder, SeriesSidecar.FileName), JsonSerializer.Serialize(sidecar, Json));
    }

    private static void MakeOther(string root, int index)
    {
        var name = index % 4 == 1 ? $"[Gruppe] Zwischen den Wellen {index} [1080p]" : $"Zwischen.den.Wellen.{index}.S01.German.DL.1080p.WEB.x264-GRUPPE";
        var folder = Directory.CreateDirectory(Path.Join(root, name)).FullName;
        for (var number = 1; number <= FilesEach; number++)
        {
            MakeVideo(Path.Join(folder, $"Zwischen den Wellen {index} - {number:00} [1080p][A1B2C3D4].mkv"), 2_000 + number);
        }
    }

    private static void MakeVideo(string path, int size)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, size);
    }
}
