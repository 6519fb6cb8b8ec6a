using System.Reflection;
using System.Xml.Linq;
using AniWorld.Data;
using AniWorld.Services;
using NetArchTest.Rules;

namespace AniWorld.Blazor.Tests;

/// <summary>Blazor → Services → Data, and never back.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Data = typeof(AniWorldDbContext).Assembly;
    private static readonly Assembly Services = typeof(SeriesApp).Assembly;
    private static readonly Assembly Blazor = typeof(Program).Assembly;

    [Fact]
    public void Data_knows_neither_services_nor_pages() => AssertNone(Types.InAssembly(Data), "AniWorld.Services", "AniWorld.Blazor");

    [Fact]
    public void Services_know_no_page_and_no_ASP_NET() =>
        AssertNone(Types.InAssembly(Services), "AniWorld.Blazor", "Microsoft.AspNetCore", "MudBlazor");

    [Fact]
    public void The_engine_knows_no_database_and_no_queue() => AssertNone(
        Types.InAssembly(Services).That().ResideInNamespace("AniWorld.Services.Downloads.Engine"),
        "AniWorld.Data.AniWorldDbContext", "Microsoft.EntityFrameworkCore", "AniWorld.Services.Progress");

    [Fact]
    public void SeriesApp_needs_no_database()
    {
        var parameters = typeof(SeriesApp).GetConstructors().Single().GetParameters();

        Assert.DoesNotContain(parameters, p => p.ParameterType.FullName!.Contains("DbContext", StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_leave_the_database_to_services() => AssertNone(
        Types.InAssembly(Blazor).That().Inherit(typeof(Microsoft.AspNetCore.Components.ComponentBase)), "Microsoft.EntityFrameworkCore");

    [Fact]
    public void Project_references_run_one_way()
    {
        var root = Repository.Root;

        Assert.Empty(References(root, "AniWorld.Data"));
        Assert.Equal(["AniWorld.Data"], References(root, "AniWorld.Services"));
        Assert.Equal(["AniWorld.Services"], References(root, "AniWorld.Blazor"));
    }

    private static void AssertNone(PredicateList types, params string[] forbidden) =>
        AssertNone(types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult());

    private static void AssertNone(Types types, params string[] forbidden) =>
        AssertNone(types.ShouldNot().HaveDependencyOnAny(forbidden).GetResult());

    private static void AssertNone(NetArchTest.Rules.TestResult result) =>
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));

    private static string[] References(string root, string project) =>
    [
        .. XDocument.Load(Path.Join(root, project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];
}
