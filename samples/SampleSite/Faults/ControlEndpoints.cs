using System.ComponentModel.DataAnnotations;
using System.Net;

namespace AniWorld.SampleSite.Faults;

/// <summary>Faults and the request log over HTTP, under <c>/_control</c>; from this machine only.</summary>
internal static class ControlEndpoints
{
    private const string Root = "/_control";

    public static bool Owns(PathString path) => path.StartsWithSegments(Root, StringComparison.Ordinal);

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup(Root).AddEndpointFilter(FromThisMachineAsync);
        control.MapGet("/faults", (FaultPlan plan) => plan.Active.Select(active => new { Id = active.Key, Fault = active.Value }));
        control.MapPost("/faults", Add);
        control.MapDelete("/faults", Clear);
        control.MapDelete("/faults/{id:int}", (int id, FaultPlan plan) => plan.Remove(id) ? Results.NoContent() : Results.NotFound());
        control.MapGet("/requests", (RequestLog log) => log.All);
        control.MapDelete("/requests", Forget);
        return routes;
    }

    private static IResult Add(Fault fault, FaultPlan plan)
    {
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(fault, new ValidationContext(fault), errors, validateAllProperties: true))
        {
            return Results.ValidationProblem(errors.ToDictionary(error => error.MemberNames.First(), error => new[] { error.ErrorMessage! }));
        }

        var id = plan.Add(fault);
        return Results.Created($"{Root}/faults/{id}", new { id });
    }

    private static IResult Clear(FaultPlan plan)
    {
        plan.Clear();
        return Results.NoContent();
    }

    private static IResult Forget(RequestLog log)
    {
        log.Clear();
        return Results.NoContent();
    }

    private static async ValueTask<object?> FromThisMachineAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? await next(call)
            : Results.NotFound();
}
