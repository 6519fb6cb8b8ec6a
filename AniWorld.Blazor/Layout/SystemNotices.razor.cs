using AniWorld.Services.Progress;
using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Notices for whoever is there, such as a full disk or a source in trouble. The newest of each kind stays until it is closed.</summary>
public sealed partial class SystemNotices(LiveFeed live) : LiveComponent(live)
{
    private const int Most = 3;

    private List<SystemNotice> _notices = [];

    protected override Task OnLiveAsync(LiveBatch batch)
    {
        foreach (var notice in batch.Events.OfType<SystemNotice>())
        {
            _notices = [notice, .. _notices.Where(n => n.Code != notice.Code).Take(Most - 1)];
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    private static Severity SeverityOf(SystemNotice notice) => notice.Level switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        _ => Severity.Info,
    };

    private void Close(SystemNotice notice) => _notices.Remove(notice);
}
