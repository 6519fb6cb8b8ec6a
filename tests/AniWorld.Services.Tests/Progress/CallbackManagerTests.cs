using AniWorld.Services.Progress;
using Microsoft.Extensions.Logging.Abstractions;

namespace AniWorld.Services.Tests.Progress;

public sealed class CallbackManagerTests
{
    private readonly CallbackManager _callbacks = new(NullLogger<CallbackManager>.Instance);

    [Fact]
    public void A_callback_that_throws_hurts_no_other_one()
    {
        var heard = new List<string>();
        _callbacks.OnProgress(_ => throw new InvalidOperationException("broken"));
        _callbacks.OnProgress(context => heard.Add(context.Key));

        _callbacks.NotifyProgress(Context("naruto"));

        Assert.Equal(["naruto"], heard);
    }

    [Fact]
    public void Who_left_is_called_no_more()
    {
        var calls = 0;
        ProgressCallback callback = _ => calls++;
        var first = _callbacks.OnProgress(callback);
        using var second = _callbacks.OnProgress(callback);
        first.Dispose();
        first.Dispose();

        _callbacks.NotifyProgress(Context("naruto"));

        Assert.Equal(1, calls);
    }

    [Fact]
    public void A_callback_may_leave_while_it_is_called()
    {
        var calls = 0;
        IDisposable? registration = null;
        registration = _callbacks.OnCompletion(_ =>
        {
            calls++;
            registration?.Dispose();
        });
        var done = new CompletionContext { Operation = OperationKind.Download, OperationId = Guid.NewGuid(), Key = "naruto", Success = true };

        _callbacks.NotifyCompletion(done);
        _callbacks.NotifyCompletion(done);

        Assert.Equal(1, calls);
    }

    [Fact]
    public void Registering_from_many_threads_loses_nobody()
    {
        var calls = 0;
        Parallel.For(0, 500, _ => _callbacks.OnError(_ => Interlocked.Increment(ref calls)));

        _callbacks.NotifyError(new ErrorContext { Operation = OperationKind.Search, OperationId = Guid.NewGuid(), Key = "", Code = "dns", Message = "No such host." });

        Assert.Equal(500, calls);
    }

    private static ProgressContext Context(string key) => new() { Operation = OperationKind.Scan, OperationId = Guid.NewGuid(), Key = key };
}
