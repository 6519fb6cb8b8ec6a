using AniWorld.Blazor.Layout;
using AniWorld.Data.Downloads;
using AniWorld.Services.Downloads;
using AniWorld.Services.Progress;

namespace AniWorld.Blazor.Downloads;

/// <summary>What runs, waits, failed and is done, as it happens.</summary>
public sealed partial class QueuePage(
    LiveFeed live, DownloadService downloads, QueueEdits edits, ProgressService progress, UserActions actions, TimeProvider time) : LiveComponent(live)
{
    private readonly QueueBoard _board = new();
    private readonly QueueSelection _selection = new();
    private Refresher _refresher = null!;
    private QueueNumbers? _numbers;
    private QueueVoice? _voice;
    private bool _loaded;
    private bool _busy;
    private string? _failure;

    private IReadOnlyList<QueueLine> Listed => [.. _board.Active, .. _board.Pending, .. _board.Failed, .. _board.Completed];

    private IReadOnlyList<QueueLine> SelectedLines => _selection.Ids.Count == 0 ? [] : [.. Listed.Where(line => _selection.Ids.Contains(line.Item.Id))];

    private IReadOnlyList<Guid> SelectedIds => [.. SelectedLines.Select(line => line.Item.Id)];

    protected override Task OnInitializedAsync()
    {
        _refresher = new Refresher(LoadAsync, time, Leaving);
        return LoadAsync();
    }

    /// <summary>Progress draws its own rows again and the numbers; anything else may move rows and reads the lists anew.</summary>
    protected override Task OnLiveAsync(LiveBatch batch)
    {
        var redrawn = false;
        foreach (var moved in batch.Events.OfType<DownloadProgressed>())
        {
            _board.Take(moved)?.Redraw();
            redrawn = true;
        }

        if (redrawn)
        {
            _numbers?.Redraw();
        }

        if (batch.Tells<QueueChanged>() || batch.Tells<DownloadCompleted>() || batch.Tells<DownloadFailed>())
        {
            _refresher.Ask();
        }

        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        try
        {
            _board.Load(await downloads.StateAsync(Leaving), progress.Latest);
            _selection.Keep(Listed);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            _failure = FailureSentence.Of(e);
        }

        StateHasChanged();
    }

    private async Task DoAsync(Func<Task> action)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        await actions.TryAsync(action);
        _busy = false;
        _refresher.Ask();
    }

    private void Select((QueueLine Line, bool Shift) clicked) => _selection.Toggle(clicked.Line, clicked.Shift, Listed);

    private void SelectAll((IReadOnlyList<QueueLine> Lines, bool Selected) chosen) => _selection.Set(chosen.Lines, chosen.Selected);

    private Task MoveAsync((QueueLine Line, QueueMove To) move) => move.To switch
    {
        QueueMove.Top => MoveToEndAsync(move.Line, QueueEnd.Top),
        QueueMove.Bottom => MoveToEndAsync(move.Line, QueueEnd.Bottom),
        QueueMove.Up => ArrangeAsync(move.Line, _board.MovedBy(move.Line, -1)),
        _ => ArrangeAsync(move.Line, _board.MovedBy(move.Line, 1)),
    };

    private Task DropAsync((QueueLine Line, int Place) drop) => ArrangeAsync(drop.Line, _board.Moved(drop.Line, drop.Place));

    /// <summary>Shown at once; what the database says follows.</summary>
    private Task ArrangeAsync(QueueLine line, IReadOnlyList<Guid> order)
    {
        if (_busy)
        {
            return Task.CompletedTask;
        }

        _board.Arrange(order);
        _voice?.Say(QueueTexts.Of("Moved", Spoken(line), _board.PlaceOf(line) + 1, _board.Statistics.PendingCount));
        StateHasChanged();
        return DoAsync(() => downloads.ReorderAsync(order));
    }

    private Task MoveToEndAsync(QueueLine line, QueueEnd end) => DoAsync(async () =>
    {
        await edits.MoveAsync([line.Item.Id], end);
        _voice?.Say(QueueTexts.Of(end is QueueEnd.Top ? "MovedTop" : "MovedBottom", Spoken(line)));
    });

    private Task MoveSelectedAsync(QueueEnd end) => DoAsync(async () =>
    {
        await edits.MoveAsync(SelectedIds, end);
        _voice?.Say(QueueTexts.Count("MovedMany", SelectedLines.Count(line => line.Item.Status is DownloadStatus.Pending)));
    });

    private Task RemoveAsync(IReadOnlyList<QueueLine> lines) => DoAsync(async () =>
    {
        var sentence = lines is [var one] ? QueueTexts.Of("Removed", Spoken(one)) : QueueTexts.Count("Removed", lines.Count);
        OfferUndo(sentence, await edits.RemoveAsync([.. lines.Select(line => line.Item.Id)]));
    });

    private Task ClearAsync(DownloadStatus status) => DoAsync(async () =>
    {
        var cleared = await edits.ClearAsync(status);
        OfferUndo(QueueTexts.Count("Cleared", cleared.Count), cleared);
    });

    private void OfferUndo(string sentence, IReadOnlyList<Guid> removed)
    {
        if (removed.Count > 0)
        {
            actions.Offer(sentence, QueueTexts.Of("Undo"), async () =>
            {
                if (await edits.PutBackAsync(removed) < removed.Count)
                {
                    actions.Say(QueueTexts.Of("NotBack"));
                }
            });
        }
    }

    private static string Spoken(QueueLine line) => $"{line.Item.SeriesName} {line.Name}";
}
