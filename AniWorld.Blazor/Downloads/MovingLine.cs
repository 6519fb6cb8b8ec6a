using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Downloads;

/// <summary>Shows how far a download is: drawn again whenever that changed.</summary>
public abstract class MovingLine : ComponentBase, IDisposable
{
    private QueueLine? _heard;

    [Parameter, EditorRequired]
    public required QueueLine Line { get; set; }

    public void Dispose()
    {
        Forget();
        GC.SuppressFinalize(this);
    }

    protected override void OnParametersSet()
    {
        if (_heard != Line)
        {
            Forget();
            _heard = Line;
            _heard.Moved += StateHasChanged;
        }
    }

    private void Forget()
    {
        if (_heard is not null)
        {
            _heard.Moved -= StateHasChanged;
        }
    }
}
