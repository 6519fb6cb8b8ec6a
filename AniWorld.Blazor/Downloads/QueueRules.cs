using AniWorld.Blazor.Library;
using AniWorld.Data.Library;
using FluentValidation;

namespace AniWorld.Blazor.Downloads;

internal sealed class DownloadRequestRules : AbstractValidator<DownloadRequest>
{
    public DownloadRequestRules()
    {
        RuleFor(request => request.Episodes).Must(EpisodeNumberRules.AreFew).WithMessage(EpisodeNumberRules.FewSentence);
        RuleForEach(request => request.Episodes).SetValidator(new EpisodeNumberRules());
        RuleFor(request => request.Language).Must(language => language is null || Language.TryParse(language, out _))
            .WithMessage("'{PropertyValue}' is no language; use a code such as de-dub or en-sub.");
    }
}

internal sealed class ReorderRules : AbstractValidator<ReorderRequest>
{
    private const int Most = 10_000;

    public ReorderRules() => RuleFor(request => request.ItemIds).Must(ids => ids.Count is > 0 and <= Most)
        .WithMessage($"Name 1 to {Most} downloads, in the order that you want.");
}

internal sealed class DownloadChangeRules : AbstractValidator<DownloadChangeRequest>
{
    public DownloadChangeRules() => RuleFor(change => change.Priority)
        .Must((change, priority) => priority is not null || change.Paused is not null)
        .WithMessage("Say what to change: priority, paused, or both.");
}
