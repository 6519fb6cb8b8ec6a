using AniWorld.Blazor.Layout;
using AniWorld.Services.Diagnosis;
using AniWorld.Services.Disk;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace AniWorld.Blazor.Diagnosis;

/// <summary>Whether all is well, what runs here, and what to hand to those who help.</summary>
public sealed partial class SystemPage(SystemHealth health, ToolVersions tools, Installation installation) : ComponentBase, IDisposable
{
    private static readonly (string Name, string Href)[] Links =
        [("access", "access"), ("backups", "settings/backups"), ("logs", "logs"), ("tasks", "tasks"), ("api", "api/docs")];

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<HealthItem>? _health;
    private IReadOnlyList<ToolVersion> _tools = [];
    private IReadOnlyList<(string Name, string Path, DiskSpace? Disk)> _places = [];
    private string? _failure;
    private bool _isLooking;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string IconOf(string state) => state switch
    {
        HealthItem.Failed => Icons.Material.Outlined.ErrorOutline,
        HealthItem.Warning => Icons.Material.Outlined.WarningAmber,
        _ => Icons.Material.Outlined.CheckCircle,
    };

    private async Task LoadAsync()
    {
        if (_isLooking)
        {
            return;
        }

        _isLooking = true;
        try
        {
            _tools = await tools.ListAsync(_leaving.Token);
            _places = await Task.Run(() => installation.Places, _leaving.Token);
            _health = await health.ExamineAsync(_leaving.Token);
            _failure = null;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }
        finally
        {
            _isLooking = false;
        }
    }
}
