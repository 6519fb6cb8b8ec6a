using System.Security.Cryptography.X509Certificates;
using AniWorld.Services.Configuration;
using AniWorld.Services.Downloads.Engine;
using AniWorld.Services.Faults;
using AniWorld.Services.Outbound;
using AniWorld.Services.Streaming;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AniWorld.Services.Tests.Downloads.Engine;

/// <summary>The engine as the host registers it, a server to download from and a folder to download to.</summary>
internal sealed class EngineWorld : IOptionsMonitor<AniWorldOptions>, IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="certificate">Of a server that is to be believed as one of a known authority.</param>
    public EngineWorld(TimeProvider? time = null, X509Certificate2? certificate = null)
    {
        CurrentValue = new() { Network = new() { AllowPrivateHosts = [Origin.Authority] } };
        var services = new ServiceCollection()
            .AddSingleton<IOptionsMonitor<AniWorldOptions>>(this)
            .AddSingleton(time ?? TimeProvider.System)
            .AddLogging()
            .AddOutbound()
            .AddEngine();
        if (certificate is not null)
        {
            services.AddHttpClient(nameof(OutboundClient)).ConfigurePrimaryHttpMessageHandler((handler, _) =>
                ((SocketsHttpHandler)handler).SslOptions.RemoteCertificateValidationCallback =
                    (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString());
        }

        _services = services.BuildServiceProvider();
    }

    public Origin Origin { get; } = new();

    public AniWorldOptions CurrentValue { get; set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("aniworld-engine-").FullName;

    /// <summary>A name with dots, brackets and an umlaut, as episodes have.</summary>
    public string Target => Path.Combine(Folder, "Mr. Öd - S01E02 - No. 1 [de-dub]");

    public string Part => Target + ".part";

    public string Journal => Target + ".part.json";

    public string QuarantineFolder => Path.Combine(Folder, "quarantine");

    public IMediaDownloader Downloader => _services.GetRequiredService<IMediaDownloader>();

    public TransferLimits Limits => _services.GetRequiredService<TransferLimits>();

    public ProgressLog Progress { get; } = new();

    /// <summary>Waits are short and the disk is never full, unless a test says so.</summary>
    public MediaDownloadOptions Options { get; set; } = new() { Backoff = TimeSpan.FromMilliseconds(1), FreeSpaceReserve = 0 };

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)!).Order();

    public Task<DownloadedMedia> DownloadAsync(string path, TransferKind transfer = TransferKind.File, CancellationToken cancellationToken = default) =>
        DownloadAsync(Origin.Url(path), transfer, cancellationToken);

    public Task<DownloadedMedia> DownloadAsync(Uri address, TransferKind transfer = TransferKind.File, CancellationToken cancellationToken = default) =>
        Downloader.DownloadAsync(
            new([new(TrackKind.Video, transfer, address)]), Target, Options with { QuarantineFolder = QuarantineFolder }, Progress, cancellationToken);

    /// <summary>Begins to download a stream and cancels at that fraction of it.</summary>
    public async Task CancelAtAsync(string path, double fraction)
    {
        using var cancel = new CancellationTokenSource();
        Progress.OnReport = progress =>
        {
            if (progress.Fraction >= fraction)
            {
                cancel.Cancel();
            }
        };
        Assert.IsAssignableFrom<OperationCanceledException>(await Record.ExceptionAsync(() => DownloadAsync(path, TransferKind.Hls, cancel.Token)));
        Progress.OnReport = null;
    }

    public async Task<FaultException> FaultAsync(string path, TransferKind transfer = TransferKind.File) =>
        await FaultAsync(Origin.Url(path), transfer);

    public async Task<FaultException> FaultAsync(Uri address, TransferKind transfer = TransferKind.File) =>
        await Assert.ThrowsAsync<FaultException>(() => DownloadAsync(address, transfer));

    public AniWorldOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<AniWorldOptions, string?> listener) => null;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Origin.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What a download told about its progress; may run something at a certain point.</summary>
internal sealed class ProgressLog : IProgress<DownloadProgress>
{
    private readonly Lock _lock = new();
    private readonly List<DownloadProgress> _all = [];

    public Action<DownloadProgress>? OnReport { get; set; }

    public IReadOnlyList<DownloadProgress> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            _all.Add(value);
        }

        OnReport?.Invoke(value);
    }
}
