using AniWorld.Services.Catalogue;
using AniWorld.Services.Catalogue.SiteProfiles;
using AniWorld.Services.Progress;
using AniWorld.Services.Tests.Notifications;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Catalogue.SiteProfiles;

/// <summary>Profiles in <c>data/providers/</c> that come, change, break and go while the server runs.</summary>
public sealed class ProfileWatchTests : IAsyncLifetime
{
    private readonly TestHost _host = new();
    private readonly ProgressService _progress = new(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
    private ProgressSubscription _told = null!;
    private ProfileWatch _watch = null!;

    private ProviderRegistry Registry => _host.Get<ProviderRegistry>();

    private string File => Path.Combine(_host.Data.Providers, "own.json");

    public async ValueTask InitializeAsync()
    {
        _told = _progress.Subscribe();
        _watch = new ProfileWatch(_host.Get<ProfileProviders>(), Registry, _host.Data, _host.Get<SiteHealth>(), _progress, TimeProvider.System, NullLogger<ProfileWatch>.Instance);
        await _watch.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _told.Dispose();
        _progress.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_file_takes_effect_without_a_restart_and_others_keep_their_providers()
    {
        var builtIn = Named("aniworld");

        Write(OwnProfile.Json("https://one.example"));
        await NotificationWorld.UntilAsync(() => Named("own") is not null);
        Assert.Same(builtIn, Named("aniworld"));
        Assert.Equal("https://one.example/show/x", Named("own")!.LinkOf("x").AbsoluteUri);

        Write(OwnProfile.Json("https://two.example"));
        await NotificationWorld.UntilAsync(() => Named("own")!.LinkOf("x").Host == "two.example");

        System.IO.File.Delete(File);
        await NotificationWorld.UntilAsync(() => Named("own") is null);
    }

    [Fact]
    public async Task A_file_that_breaks_keeps_what_it_held_and_says_why()
    {
        Write(OwnProfile.Json("https://one.example"));
        _watch.Reload();
        Write("""{"name": "own",""");
        _watch.Reload();

        Assert.NotNull(Named("own"));
        var broken = Assert.Single(Registry.Broken);
        Assert.True(broken.KeepsOld);
        var notice = await NoticeAsync("profile_broken");
        Assert.Contains("own.json", notice.Message, StringComparison.Ordinal);
        Assert.Contains("stays in use", notice.Message, StringComparison.Ordinal);

        Write(OwnProfile.Json("https://two.example"));
        _watch.Reload();
        Assert.Empty(Registry.Broken);
        Assert.Equal("two.example", Named("own")!.LinkOf("x").Host);
    }

    [Fact]
    public void Two_files_with_one_name_are_told_and_the_first_one_counts()
    {
        Write(OwnProfile.Json("https://one.example"));
        System.IO.File.WriteAllText(Path.Combine(_host.Data.Providers, "zwei.json"), OwnProfile.Json("https://two.example"));
        _watch.Reload();

        Assert.Equal("one.example", Named("own")!.LinkOf("x").Host);
        Assert.EndsWith("zwei.json", Assert.Single(Registry.Broken).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_not_changed_is_not_told_again()
    {
        var changes = 0;
        Registry.Changed += () => changes++;
        Write("broken");

        _watch.Reload();
        _watch.Reload();

        Assert.Equal(1, changes);
    }

    private ISeriesProvider? Named(string name) => Registry.All.FirstOrDefault(provider => provider.Name == name);

    /// <summary>As editors do: the whole file at once.</summary>
    private void Write(string text)
    {
        var fresh = File + ".tmp";
        System.IO.File.WriteAllText(fresh, text);
        System.IO.File.Move(fresh, File, overwrite: true);
    }

    private async Task<SystemNotice> NoticeAsync(string code)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var batch in _told.ReadBatchesAsync(patience.Token))
        {
            if (batch.Select(one => one.Event).OfType<SystemNotice>().FirstOrDefault(notice => notice.Code == code) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"No {code} was told.");
    }
}
