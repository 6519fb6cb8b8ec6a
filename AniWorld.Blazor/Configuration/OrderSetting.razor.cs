using Microsoft.AspNetCore.Components;

namespace AniWorld.Blazor.Configuration;

/// <summary>Names in an order, the first one preferred.</summary>
public sealed partial class OrderSetting : ComponentBase
{
    private string _typed = "";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Values { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> ValuesChanged { get; set; }

    /// <summary>What can be added with one click.</summary>
    [Parameter]
    public IReadOnlyList<string> Suggestions { get; set; } = [];

    /// <summary>How a value is called on the page.</summary>
    [Parameter]
    public Func<string, string> NameOf { get; set; } = value => value;

    /// <summary>Whether other names than the suggestions can be typed.</summary>
    [Parameter]
    public bool FreeText { get; set; }

    [Parameter]
    public string? AddLabel { get; set; }

    /// <summary>How many must stay.</summary>
    [Parameter]
    public int Least { get; set; }

    [Parameter]
    public string? Help { get; set; }

    [Parameter]
    public string? Problem { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    private Task MoveAsync(int from, int to)
    {
        var values = Values.ToList();
        (values[from], values[to]) = (values[to], values[from]);
        return ValuesChanged.InvokeAsync(values);
    }

    private Task RemoveAsync(int place) => ValuesChanged.InvokeAsync([.. Values.Where((_, i) => i != place)]);

    private Task AddAsync(string value) => ValuesChanged.InvokeAsync([.. Values, value]);

    private async Task AddTypedAsync()
    {
        var typed = _typed.Trim();
        if (typed.Length > 0)
        {
            _typed = "";
            await ValuesChanged.InvokeAsync([.. Values.Where(v => v != typed), typed]);
        }
    }
}
