using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace AniWorld.Services.Progress;

/// <summary>Called on the thread that works; be quick.</summary>
public delegate void ProgressCallback(ProgressContext context);

/// <inheritdoc cref="ProgressCallback"/>
public delegate void ErrorCallback(ErrorContext context);

/// <inheritdoc cref="ProgressCallback"/>
public delegate void CompletionCallback(CompletionContext context);

/// <summary>Who wants to be called while an operation runs. Thread-safe; a callback that throws hurts no other one.</summary>
public sealed class CallbackManager(ILogger<CallbackManager> logger)
{
    private ImmutableArray<ProgressCallback> _progress = [];
    private ImmutableArray<ErrorCallback> _error = [];
    private ImmutableArray<CompletionCallback> _completion = [];

    /// <returns>Dispose it to be called no more.</returns>
    public IDisposable OnProgress(ProgressCallback callback)
    {
        ImmutableInterlocked.Update(ref _progress, static (all, added) => all.Add(added), callback);
        return new Registration(() => ImmutableInterlocked.Update(ref _progress, static (all, gone) => all.Remove(gone), callback));
    }

    /// <inheritdoc cref="OnProgress"/>
    public IDisposable OnError(ErrorCallback callback)
    {
        ImmutableInterlocked.Update(ref _error, static (all, added) => all.Add(added), callback);
        return new Registration(() => ImmutableInterlocked.Update(ref _error, static (all, gone) => all.Remove(gone), callback));
    }

    /// <inheritdoc cref="OnProgress"/>
    public IDisposable OnCompletion(CompletionCallback callback)
    {
        ImmutableInterlocked.Update(ref _completion, static (all, added) => all.Add(added), callback);
        return new Registration(() => ImmutableInterlocked.Update(ref _completion, static (all, gone) => all.Remove(gone), callback));
    }

    public void NotifyProgress(ProgressContext context)
    {
        foreach (var callback in _progress)
        {
            Call(() => callback(context), context.Operation);
        }
    }

    public void NotifyError(ErrorContext context)
    {
        foreach (var callback in _error)
        {
            Call(() => callback(context), context.Operation);
        }
    }

    public void NotifyCompletion(CompletionContext context)
    {
        foreach (var callback in _completion)
        {
            Call(() => callback(context), context.Operation);
        }
    }

    private void Call(Action callback, OperationKind operation)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            logger.LogError(e, "A callback of {Operation} threw; the operation and the other callbacks go on", operation);
        }
    }

    private sealed class Registration(Action remove) : IDisposable
    {
        private Action? _remove = remove;

        public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
    }
}
