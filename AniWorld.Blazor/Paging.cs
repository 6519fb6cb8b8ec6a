using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AniWorld.Blazor;

/// <summary>Lists in pages: <c>page</c> from 1, <c>per_page</c> up to 1,000, the count of all in <c>X-Total-Count</c>.</summary>
internal static class Paging
{
    public const string TotalHeader = "X-Total-Count";

    private const int MostPages = 1_000_000;
    private const int MostPerPage = 1_000;

    /// <param name="perPage"><see langword="null"/> for all.</param>
    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public static ProblemHttpResult? Problem(int page, int? perPage) => (page, perPage) switch
    {
        ( < 1 or > MostPages, _) => Problems.Invalid("page", "page counts from 1."),
        (_, < 1 or > MostPerPage) => Problems.Invalid("per_page", $"per_page is 1 to {MostPerPage}."),
        _ => null,
    };

    public static void SetTotal(HttpContext context, int total) =>
        context.Response.Headers[TotalHeader] = total.ToString(CultureInfo.InvariantCulture);
}
