using System.Globalization;
using AniWorld.Data.Auth;
using Microsoft.AspNetCore.Components;
using static AniWorld.Blazor.Auth.AccessTexts;

namespace AniWorld.Blazor.Auth;

/// <summary>One API key: what it may do, when it was used, how long it lasts. Never the key itself.</summary>
public sealed partial class KeyRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required ApiKey Key { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<ApiKey> OnRevoke { get; set; }

    private string End => Key.ExpiresAt switch
    {
        null => Text("no_end"),
        { } end when end <= Now => Text("expired"),
        { } end => Text("good_until", end.ToLocalTime().ToString("d", CultureInfo.CurrentCulture)),
    };
}
