using static AniWorld.E2E.Processes.ShortCommand;

namespace AniWorld.E2E.Processes;

/// <summary>The data folder is on a file system that says of itself what sshfs's says.</summary>
public sealed class NetworkDiskTests : IDisposable
{
    private const string Program = "/usr/bin/bindfs";

    private readonly string _folder = Directory.CreateTempSubdirectory("aniworld-e2e-").FullName;

    private string Data => Path.Join(_folder, "data");

    public void Dispose()
    {
        Run("umount", "-l", Data);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_database_on_a_network_is_warned_of_in_the_log_in_health_and_by_the_doctor()
    {
        Assert.SkipUnless(File.Exists(Program), "bindfs is not installed; test.sh does that, or apt install bindfs.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a disk.");
        Directory.CreateDirectory(Data);
        Assert.SkipUnless(Run(Program, "-o", "subtype=sshfs", Directory.CreateDirectory(Path.Join(_folder, "far")).FullName, Data), "No file system of a user's can be mounted here.");

        await using (var server = await ServerProcess.StartAsync(new ServerStart { Folder = _folder }))
        {
            Assert.Contains($"{Data} is on a network file system (fuse.sshfs)", server.Output, StringComparison.Ordinal);
            await ReadyServer.WaitAsync(
                async () =>
                {
                    using var answer = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
                    return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains(
                        "\"database\":{\"state\":\"warning\",\"message\":\"The data folder is on a network file system", StringComparison.Ordinal);
                },
                () => server.Output);
        }

        var doctor = await CommandProcess.RunAsync(_folder, "doctor");
        Assert.Contains($"warning  data folder: {Data} is on a network file system (fuse.sshfs), where SQLite can lose data.", doctor.Output, StringComparison.Ordinal);
    }
}
