using System.Collections;
using AniWorld.Data;
using AniWorld.Services.Catalogue;
using AniWorld.Services.Configuration;
using AniWorld.Services.Import;
using AniWorld.Services.Library;
using AniWorld.Services.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AniWorld.Services.Tests.Import;

/// <summary>A fresh AniWorld that an old installation can be imported into, put together as the program does.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _library = Directory.CreateTempSubdirectory("aniworld-library-").FullName;

    public ImportWorld()
    {
        Data = new DataFolder(Database.Folder, Path.Join(Database.Folder, "logs"));
        var host = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["anime_directory"] = _library }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Data)
            .AddConfiguration(ConfigChain.Open(host, Data, [], new Hashtable(), TimeProvider.System))
            .AddTestDatabase(Database)
            .AddOutbound()
            .AddCatalogue()
            .AddLibrary()
            .AddImport()
            .BuildServiceProvider();
    }

    public TestDatabase Database { get; } = new();

    public DataFolder Data { get; }

    public ImportService Import => _services.GetRequiredService<ImportService>();

    public ConfigService Configuration => _services.GetRequiredService<ConfigService>();

    public AniWorldDbContext Open() => Database.CreateDbContext();

    public async Task<ImportPlan> PlanAsync(OldProgram old, string? library = null) =>
        await Import.PlanAsync(old.Root, library, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("Nothing was found.");

    public async Task<ImportPlan> ImportAsync(OldProgram old) => await Import.ApplyAsync(await PlanAsync(old), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Database.Dispose();
        Directory.Delete(_library, recursive: true);
    }
}
