namespace AniWorld.PageBench;

/// <summary>The peer: Blazor Server as its template makes it, with one page that lists 5,000 names, virtualised, and a field that filters them.</summary>
internal static class BareServer
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<BareApp>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        Console.WriteLine($"ready {app.Urls.First()} -");
        await Orders.FollowAsync(_ => Task.FromResult("unknown"));
        await app.StopAsync();
    }
}
