using System.Globalization;
using AniWorld.Blazor.Layout;
using AniWorld.Services.Auth;
using AniWorld.Services.Backups;
using AniWorld.Services.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor.Repair;

/// <summary>The addresses of a server whose database is damaged.</summary>
internal static class RepairEndpoints
{
    private const string Page = "/";

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    /// <param name="repaired">Called once a backup is in place.</param>
    public static void MapRepair(this IEndpointRouteBuilder routes, string damage, Action repaired)
    {
        routes.MapGet("/health", () => TypedResults.Ok(new { status = "repair" }));
        routes.MapGet("/health/ready", () => TypedResults.Json(
            new { status = "unready", checks = new { database = damage } }, statusCode: StatusCodes.Status503ServiceUnavailable));
        routes.MapPost(Page, (HttpContext context, DatabaseRepair repair, SetupCode code, IHostApplicationLifetime host, ILogger<DatabaseRepair> logger) =>
            RestoreAsync(context, new Repair(repair, code, host, logger, damage, repaired))).DisableAntiforgery();
        routes.Map("{**path}", (HttpContext context, DatabaseRepair repair) => Refuse(context, repair, damage));
    }

    /// <summary>People are shown the page at any address, programs a problem.</summary>
    private static IResult Refuse(HttpContext context, DatabaseRepair repair, string damage) => ProgramPaths.Contains(context.Request.Path)
        ? Problems.Unavailable(context, $"{damage} Open AniWorld in a browser to put a backup in its place.", Retry)
        : Show(context, new RepairForm(damage, repair.Offers));

    private static async Task<IResult> RestoreAsync(HttpContext context, Repair repair)
    {
        if (!context.Request.HasFormContentType)
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Not a form", "Send the page's form.");
        }

        var fields = await context.Request.ReadFormAsync(context.RequestAborted);
        var form = new RepairForm(repair.Damage, repair.Database.Offers) { Chosen = fields["backup"].ToString() };
        if (!repair.Code.Matches(fields["setup_code"]))
        {
            return Show(context, form with { Error = RepairTexts.Of("WrongCode") }, StatusCodes.Status403Forbidden);
        }

        return form.Offers.FirstOrDefault(backup => backup.Name == form.Chosen) is { } backup
            ? await RestoreAsync(context, repair, form, backup)
            : Show(context, form with { Error = RepairTexts.Of("NoSuchBackup") }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RestoreAsync(HttpContext context, Repair repair, RepairForm form, Backup backup)
    {
        try
        {
            var aside = await repair.Database.RestoreAsync(backup, context.RequestAborted);
            repair.Logger.LogWarning("The database was restored from {Backup}; the damaged file is kept as {File}", backup.Name, aside);
            repair.Done();
            context.Response.OnCompleted(() =>
            {
                repair.Host.StopApplication();
                return Task.CompletedTask;
            });
            // Long enough for the server to start, short enough not to be waited for.
            context.Response.Headers["Refresh"] = $"6; url={context.Request.PathBase}/";
            return Show(context, form with { KeptAs = aside }, StatusCodes.Status200OK);
        }
        catch (Exception e) when (e is InvalidBackupException or FaultException or IOException or UnauthorizedAccessException)
        {
            return Show(context, form with { Error = RepairTexts.Of("Failed", Said.Of(e.Message)) }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static RazorComponentResult<RepairPage> Show(HttpContext context, RepairForm form, int status = StatusCodes.Status503ServiceUnavailable)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = Retry.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return new RazorComponentResult<RepairPage>(new Dictionary<string, object?> { [nameof(RepairPage.Form)] = form }) { StatusCode = status };
    }

    /// <summary>What a restore needs.</summary>
    private sealed record Repair(
        DatabaseRepair Database, SetupCode Code, IHostApplicationLifetime Host, ILogger Logger, string Damage, Action Done);
}

/// <param name="Damage">A sentence on what is wrong.</param>
/// <param name="Offers">Backups that can take the database's place, the newest first.</param>
public sealed record RepairForm(string Damage, IReadOnlyList<Backup> Offers)
{
    /// <summary>Name of the backup that is marked.</summary>
    public string Chosen { get; init; } = Offers is [var newest, ..] ? newest.Name : "";

    /// <summary>Why the last try changed nothing.</summary>
    public string? Error { get; init; }

    /// <summary>Name of the damaged file, once a backup has taken its place.</summary>
    public string? KeptAs { get; init; }
}
