using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace AniWorld.PageBench;

/// <summary>A server in a process of its own, and a browser that knows it.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process _process;
    private readonly IBrowser _browser;
    private readonly string _token;

    private Served(Process process, IBrowser browser, Uri address, string token) => (_process, _browser, Address, _token) = (process, browser, address, token);

    public Uri Address { get; }

    public static async Task<Served> StartAsync(IBrowser browser, string kind, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Served).Assembly.Location] : Array.Empty<string>(), "serve", kind, folder])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["ready", var address, var token])
            {
                return new Served(process, browser, new Uri(address), token);
            }
        }

        throw new InvalidOperationException($"The {kind} server ended before it was ready.");
    }

    public async Task<string> TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Orders.Answer, StringComparison.Ordinal))
            {
                return line[Orders.Answer.Length..];
            }
        }

        throw new InvalidOperationException("The server ended.");
    }

    public async Task<double> AskAsync(string order) => double.Parse(await TellAsync(order), CultureInfo.InvariantCulture);

    /// <summary>A browser of its own as far as the server can tell, logged in.</summary>
    public async Task<IBrowserContext> BrowseAsync()
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = Address.AbsoluteUri, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "en-GB", BypassCSP = true });
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync([new Cookie { Name = "aniworld_session", Value = _token, Url = Address.AbsoluteUri }]);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
