using System.Text.Json;
using FluentValidation;

namespace AniWorld.Blazor;

/// <summary>Holds requests to the rules of their type, before any handler sees them. A broken one is 422 and names the member.</summary>
/// <remarks>Rules are validators (<c>…Rules</c>) beside the request they are about. Members are named as in JSON: <c>episodes[2].season</c>.</remarks>
internal static class RequestRules
{
    public static IServiceCollection AddRequestRules(this IServiceCollection services)
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) =>
            member is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        foreach (var rules in AssemblyScanner.FindValidatorsInAssembly(typeof(RequestRules).Assembly, includeInternalTypes: true))
        {
            services.AddSingleton(rules.InterfaceType, rules.ValidatorType);
        }

        return services;
    }

    /// <summary>For all calls of a group. Those whose parameters have no rules are left as they are.</summary>
    public static RouteGroupBuilder WithRequestRules(this RouteGroupBuilder group) => group.AddEndpointFilterFactory((endpoint, next) =>
    {
        var rules = endpoint.MethodInfo.GetParameters()
            .Select((parameter, index) => (Index: index, Rules: RulesFor(parameter.ParameterType, endpoint.ApplicationServices)))
            .Where(parameter => parameter.Rules is not null)
            .ToArray();
        return rules switch
        {
            [] => next,
            [var (index, validator)] => context => CheckAsync(validator!, context.Arguments[index], context, next),
            _ => throw new InvalidOperationException($"{endpoint.MethodInfo.Name} has several parameters with rules; give it one request."),
        };
    });

    private static async ValueTask<object?> CheckAsync(
        IValidator rules, object? request, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (request is null)
        {
            return await next(context);
        }

        var result = await rules.ValidateAsync(new ValidationContext<object>(request), context.HttpContext.RequestAborted);
        return result.IsValid
            ? await next(context)
            : Problems.Invalid(
                result.Errors[0].ErrorMessage,
                result.ToDictionary().ToDictionary(member => member.Key, member => member.Value.Distinct().ToArray()));
    }

    private static IValidator? RulesFor(Type request, IServiceProvider services) =>
        services.GetService(typeof(IValidator<>).MakeGenericType(request)) as IValidator;
}
