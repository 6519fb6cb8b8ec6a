using System.Reflection;
using AniWorld.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AniWorld.Services.Tests.Database;

/// <summary>The migrations of a version after this one: the same and one more.</summary>
internal sealed class OneMoreMigration : IMigrationsAssembly
{
    public const string Id = "99990101000000_Next";

    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } = new SortedDictionary<string, TypeInfo>(
        Assembly.DefinedTypes
            .Where(type => type.IsSubclassOf(typeof(Migration)) && IsOfSqlite(type))
            .Append(typeof(Next).GetTypeInfo())
            .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
        StringComparer.Ordinal);

    public ModelSnapshot? ModelSnapshot { get; } = (ModelSnapshot)Activator.CreateInstance(
        Assembly.DefinedTypes.Single(type => type.IsSubclassOf(typeof(ModelSnapshot)) && IsOfSqlite(type)), nonPublic: true)!;

    Assembly IMigrationsAssembly.Assembly => Assembly;

    private static Assembly Assembly => typeof(AniWorldDbContext).Assembly;

    public string? FindMigrationId(string nameOrId) =>
        Migrations.Keys.FirstOrDefault(id => id == nameOrId || id.EndsWith('_' + nameOrId, StringComparison.Ordinal));

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass, nonPublic: true)!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }

    private static bool IsOfSqlite(TypeInfo type) => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(AniWorldDbContext);

    [DbContext(typeof(AniWorldDbContext)), Migration(Id)]
    private sealed class Next : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE \"Next\" (\"Id\" INTEGER)");
    }
}
