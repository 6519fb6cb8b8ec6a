using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>Tells screen readers what a move did.</summary>
public sealed partial class QueueVoice : ComponentBase
{
    private string _said = "";

    public void Say(string sentence)
    {
        _said = sentence;
        StateHasChanged();
    }
}
