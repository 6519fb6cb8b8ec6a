using AniWorld.Data;
using AniWorld.Services.Auth;
using AniWorld.Services.Backups;
using AniWorld.Services.Configuration;
using Microsoft.EntityFrameworkCore;

namespace AniWorld.Blazor.CommandLine;

/// <summary>The services of a data folder for a command that works on it itself, whether a server runs or not. Nothing of a host is started.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DataFolder _data;
    private readonly DataFolderLock? _taken;

    private LocalHost(DataFolder data, SettingArguments settings, DataFolderLock? taken)
    {
        _data = data;
        _taken = taken;
        var arguments = HostArguments.Of(data, settings);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        if (taken is not null)
        {
            DatabaseStart.FinishRestore(data, ConfigChain.PlaceOfDatabase(builder.Configuration, data, arguments));
        }

        builder.Services.AddHostServices(builder.Configuration, data, ConfigChain.Open(builder.Configuration, data, arguments), HostUse.Command, taken);
        builder.Services.AddAuth();
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    /// <summary>The folder is this command's alone; otherwise a server runs.</summary>
    public bool IsAlone => _taken is not null;

    /// <exception cref="StartException">The data folder cannot be used.</exception>
    public static LocalHost Open(DataFolder data, SettingArguments settings)
    {
        DataFolderLock? taken = null;
        try
        {
            taken = DataFolderLock.TryTake(data);
            return new LocalHost(data, settings, taken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            throw new StartException($"The data folder {data.Root} cannot be used: {e.Message} Run this as the user whose folder it is.", e);
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>Brings the database up to date, which a running server has done already.</summary>
    /// <exception cref="StartException">It cannot be used, or the running server is another version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var databases = Services.GetRequiredService<IDbContextFactory<AniWorldDbContext>>();
        if (_taken is not null)
        {
            await DatabaseStart.MigrateAsync(_data, databases, Services.GetRequiredService<BackupService>(), cancellationToken);
            return;
        }

        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new StartException("The server that runs is of another version, or is only about to start; restart it, then try again.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _taken?.Dispose();
    }
}
