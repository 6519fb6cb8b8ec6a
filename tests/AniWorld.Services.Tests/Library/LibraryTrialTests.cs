using AniWorld.Services.Configuration;
using AniWorld.Services.Library;

namespace AniWorld.Services.Tests.Library;

public sealed class LibraryTrialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-trial-").FullName;

    private LibraryTrial Trial => new(new DataFolder(Path.Join(_folder, "data"), Path.Join(_folder, "logs")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_folder_that_can_be_written_to_stays_as_it_was()
    {
        var library = Directory.CreateDirectory(Path.Join(_folder, "library")).FullName;
        Directory.CreateDirectory(Path.Join(library, "Eine Serie"));
        Directory.CreateDirectory(Path.Join(library, ".versteckt"));

        var result = await Trial.RunAsync(library);

        Assert.Equal((null, true, 1), (result.Problem, result.Exists, result.Folders));
        Assert.True(result.FreeBytes > 0);
        Assert.Empty(Directory.EnumerateFiles(library));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_will_be_made_later()
    {
        var library = Path.Join(_folder, "neu", "library");

        var result = await Trial.RunAsync(library);

        Assert.Equal((null, false), (result.Problem, result.Exists));
        Assert.False(Directory.Exists(Path.Join(_folder, "neu")));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_file_and_the_data_folder_are_no_place_for_a_library()
    {
        var file = Path.Join(_folder, "datei");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        Assert.Contains("is a file", (await Trial.RunAsync(file)).Problem?.ToString(), StringComparison.Ordinal);
        Assert.Contains("data folder", (await Trial.RunAsync(Path.Join(_folder, "data"))).Problem?.ToString(), StringComparison.Ordinal);
        Assert.NotNull((await Trial.RunAsync("")).Problem);
    }
}
