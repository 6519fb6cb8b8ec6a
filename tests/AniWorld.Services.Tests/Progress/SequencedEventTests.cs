using System.Runtime.InteropServices;
using AniWorld.Services.Progress;
using Microsoft.Extensions.Logging.Abstractions;
using static AniWorld.Services.Tests.Progress.SampleEvents;

namespace AniWorld.Services.Tests.Progress;

public sealed class SequencedEventTests
{
    [Fact]
    public async Task An_event_is_written_as_JSON_once_however_many_receive_it()
    {
        using var hub = new ProgressService(new CallbackManager(NullLogger<CallbackManager>.Instance), TimeProvider.System);
        var receivers = Enumerable.Range(0, 100).Select(_ => hub.Subscribe()).ToList();

        hub.Publish(Failed());
        var texts = await Task.WhenAll(receivers.Select(receiver => Task.Run(async () => TextOf(await FirstAsync(receiver)))));

        Assert.Single(texts.Distinct(ReferenceEqualityComparer.Instance));
        receivers.ForEach(receiver => receiver.Dispose());
    }

    private static async Task<SequencedEvent> FirstAsync(ProgressSubscription receiver)
    {
        await foreach (var batch in receiver.ReadBatchesAsync(TestContext.Current.CancellationToken))
        {
            return batch[0];
        }

        throw new InvalidOperationException("The subscription ended.");
    }

    private static byte[] TextOf(SequencedEvent happened)
    {
        Assert.True(MemoryMarshal.TryGetArray(happened.Json, out var text));
        return text.Array!;
    }
}
