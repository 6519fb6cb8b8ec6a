using AniWorld.Pictures;
using AniWorld.SampleSite.Demo;
using Microsoft.Playwright;

// SERVER FOLDER [NAME …]: takes the handbook's pictures, or those of these names, from a demo of its own.
if (args is not [var server, var folder, .. var names])
{
    await Console.Error.WriteLineAsync("Name aniworld.dll and the folder for the pictures, as docs/handbook/pictures.sh does.");
    return 2;
}

await using var demo = await RunningDemo.StartAsync(server, ["--urls", "http://127.0.0.1:0"], CancellationToken.None);
using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
{
    ExecutablePath = "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
var album = new Album(browser, demo, Directory.CreateDirectory(folder).FullName);
var failed = 0;
foreach (var picture in Picture.All.Where(picture => names.Length == 0 || names.Contains(picture.Name)))
{
    try
    {
        Console.WriteLine($"{picture.Name}: {await album.TakeAsync(picture) / 1024} KiB");
    }
    catch (Exception e) when (e is PlaywrightException or TimeoutException)
    {
        // The page looks other than Picture says; the rest may be well.
        failed++;
        await Console.Error.WriteLineAsync($"{picture.Name}: {e.Message}");
    }
}

return failed > 0 ? 1 : 0;
