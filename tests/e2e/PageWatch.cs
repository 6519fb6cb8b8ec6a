using Microsoft.Playwright;

namespace AniWorld.E2E;

/// <summary>Notes what a page must not do: errors, dialogs, requests to others.</summary>
internal sealed class PageWatch
{
    private readonly List<string> _seen = [];
    private readonly Uri _server;

    public PageWatch(IPage page, Uri server)
    {
        _server = server;
        page.Console += (_, message) => Note(message.Type is "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Request += (_, request) => Note(IsForeign(request.Url), $"request: {request.Url}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    private void Note(bool matters, string what)
    {
        if (matters)
        {
            lock (_seen)
            {
                _seen.Add(what);
            }
        }
    }

    private bool IsForeign(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" or "ws" or "wss" } && address.Authority != _server.Authority;
}
