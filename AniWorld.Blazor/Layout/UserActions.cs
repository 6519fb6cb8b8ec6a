using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Does what a click asked for and says what became of it.</summary>
public sealed class UserActions(ISnackbar snackbar, ILogger<UserActions> logger)
{
    /// <summary>How long an undo is offered.</summary>
    private static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(10);

    /// <returns>Whether it went well; if not, the user was told why.</returns>
    public async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "What a user asked for failed");
            snackbar.Add(FailureSentence.Of(e), Severity.Error);
            return false;
        }
    }

    public void Say(string sentence, Severity severity = Severity.Normal) =>
        snackbar.Add(sentence, severity, options => options.HideIcon = severity is Severity.Normal);

    /// <summary>Says what was done, with a way back.</summary>
    public void Offer(string sentence, string action, Func<Task> act) => snackbar.Add(sentence, Severity.Normal, options =>
    {
        options.HideIcon = true;
        options.Action = action;
        options.ActionColor = Color.Primary;
        options.VisibleStateDuration = (int)UndoTime.TotalMilliseconds;
        options.CloseAfterNavigation = false;
        options.OnClick = _ => TryAsync(act);
    });
}
