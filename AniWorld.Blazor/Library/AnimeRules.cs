using AniWorld.Data.Library;
using AniWorld.Services.Library;
using FluentValidation;

namespace AniWorld.Blazor.Library;

internal sealed class SearchRules : AbstractValidator<SearchRequest>
{
    private const int LongestQuery = 200;

    public SearchRules() => RuleFor(search => search.Query).Must(query => query.Trim().Length is > 0 and <= LongestQuery)
        .WithMessage($"Search for 1 to {LongestQuery} characters.");
}

internal sealed class AddRules : AbstractValidator<AddRequest>
{
    private const int LongestLink = 2_000;
    private const int LongestName = 500;

    public AddRules()
    {
        RuleFor(add => add.Link).Must(link => link.Trim().Length is > 0 and <= LongestLink)
            .WithMessage("Send the address of a series page.");
        RuleFor(add => add.Name).MaximumLength(LongestName).WithMessage($"A name has at most {LongestName} characters.");
    }
}

internal sealed class EpisodesChangeRules : AbstractValidator<EpisodesChange>
{
    public EpisodesChangeRules()
    {
        RuleFor(change => change.Episodes).Must(EpisodeNumberRules.AreFew).WithMessage(EpisodeNumberRules.FewSentence);
        RuleForEach(change => change.Episodes).SetValidator(new EpisodeNumberRules());
        RuleFor(change => change.Ignored).Must((change, ignored) => ignored is not null || change.Wanted is not null)
            .WithMessage("Say what to change: ignored, wanted, or both.");
    }
}

internal sealed class LanguageAssignmentRules : AbstractValidator<LanguageAssignment>
{
    public LanguageAssignmentRules()
    {
        RuleFor(assignment => assignment.Episodes).Must(EpisodeNumberRules.AreFew).WithMessage(EpisodeNumberRules.FewSentence);
        RuleForEach(assignment => assignment.Episodes).SetValidator(new EpisodeNumberRules());
        RuleFor(assignment => assignment.Language).Must(IsLanguage).WithMessage(Sentence);
        RuleFor(assignment => assignment.From).Must(IsLanguage).WithMessage(Sentence);
    }

    private static bool IsLanguage(string code) => Language.TryParse(code, out _);

    private static string Sentence(LanguageAssignment assignment, string code) => $"'{code}' is not a language; use a code such as de-dub, en-sub or ja.";
}

/// <summary>For every request that names episodes.</summary>
internal sealed class EpisodeNumberRules : AbstractValidator<EpisodeNumber>
{
    private const int Most = 1_000;
    private const int Highest = 100_000;

    public EpisodeNumberRules()
    {
        RuleFor(number => number.Season).InclusiveBetween(0, Highest).WithMessage("Seasons count from 1; 0 is films and specials.");
        RuleFor(number => number.Episode).InclusiveBetween(1, Highest).WithMessage("Episodes count from 1.");
    }

    public static string FewSentence => $"Name 1 to {Most} episodes.";

    public static bool AreFew(IReadOnlyList<EpisodeNumber> episodes) => episodes.Count is > 0 and <= Most;
}
