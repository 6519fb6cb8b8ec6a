using AniWorld.Data.Auth;
using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Auth;

/// <summary>One live session: on what, from where, since when.</summary>
public sealed partial class SessionRow : ComponentBase
{
    [Parameter, EditorRequired]
    public required UserSession Session { get; set; }

    /// <summary>Whether it is the one that shows this page.</summary>
    [Parameter, EditorRequired]
    public bool Own { get; set; }

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<UserSession> OnEnd { get; set; }
}
