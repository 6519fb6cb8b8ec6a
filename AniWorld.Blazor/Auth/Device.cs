using static AniWorld.Blazor.Auth.AccessTexts;

namespace AniWorld.Blazor.Auth;

/// <summary>What a user agent says about itself, in plain words: <c>Firefox on Linux</c>.</summary>
internal static class Device
{
    private const int LongestName = 40;

    // Browsers name those that they want to be taken for, too: the first one here that fits is the true one.
    private static readonly (string Sign, string Name)[] Programs =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Chromium/", "Chromium"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static string NameOf(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return Text("unknown_device");
        }

        var program = Find(Programs, userAgent) ?? Product(userAgent);
        return Find(Systems, userAgent) is { } system ? Text("device_on", program, system) : program;
    }

    private static string? Find((string Sign, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(one => userAgent.Contains(one.Sign, StringComparison.Ordinal)).Name;

    /// <summary>Programs name themselves first, as in <c>curl/8.5.0</c>.</summary>
    private static string Product(string userAgent)
    {
        var name = userAgent.Trim().Split('/', ' ')[0];
        return name.Length == 0 ? Text("unknown_device") : name.Length > LongestName ? name[..LongestName] + "…" : name;
    }
}
