using AniWorld.Services.Auth;
using FluentValidation;

namespace AniWorld.Blazor.Auth;

internal sealed class ApiKeyRules : AbstractValidator<ApiKeyRequest>
{
    private const int LongestName = 100;

    public ApiKeyRules(TimeProvider time)
    {
        RuleFor(key => key.Name).Must(name => name.Trim().Length is > 0 and <= LongestName)
            .WithMessage($"Give the key a name of 1 to {LongestName} characters.");
        RuleFor(key => key.Scopes).Must(scopes => scopes.Count is > 0 and <= 3 && scopes.All(Scope.All.Contains))
            .WithMessage("Name at least one of read, write and admin.");
        RuleFor(key => key.ExpiresAt).Must(end => end is null || end > time.GetUtcNow())
            .WithMessage("Choose a time to come, or leave it out.");
    }
}
