using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AniWorld.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Automation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "RequestDay",
                table: "SourceHealth",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Requests",
                table: "SourceHealth",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Trouble",
                table: "SourceHealth",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "TroubleSince",
                table: "SourceHealth",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BackdropUrl",
                table: "Series",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CatalogueStamp",
                table: "Series",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextRefreshAt",
                table: "Series",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RefreshFailures",
                table: "Series",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "RefreshHours",
                table: "Series",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RefreshReason",
                table: "Series",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecidedAt",
                table: "Episodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DecisionUntil",
                table: "Episodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RemovedLanguages",
                table: "Episodes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WantedAt",
                table: "Episodes",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CheckedAt",
                table: "EpisodeFiles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Hash",
                table: "EpisodeFiles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Problem",
                table: "EpisodeFiles",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "RequestDay",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "Requests",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "Trouble",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "TroubleSince",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "BackdropUrl",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "CatalogueStamp",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "NextRefreshAt",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "RefreshFailures",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "RefreshHours",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "RefreshReason",
                table: "Series");

            migrationBuilder.DropColumn(
                name: "DecidedAt",
                table: "Episodes");

            migrationBuilder.DropColumn(
                name: "DecisionUntil",
                table: "Episodes");

            migrationBuilder.DropColumn(
                name: "RemovedLanguages",
                table: "Episodes");

            migrationBuilder.DropColumn(
                name: "WantedAt",
                table: "Episodes");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "EpisodeFiles");

            migrationBuilder.DropColumn(
                name: "Hash",
                table: "EpisodeFiles");

            migrationBuilder.DropColumn(
                name: "Problem",
                table: "EpisodeFiles");
        }
    }
}
