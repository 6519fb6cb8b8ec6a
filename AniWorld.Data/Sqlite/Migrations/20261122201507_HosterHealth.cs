using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AniWorld.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class HosterHealth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "Speed",
                table: "SourceHealth",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "SuccessRate",
                table: "SourceHealth",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "LanguageChosen",
                table: "Downloads",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Speed",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "SuccessRate",
                table: "SourceHealth");

            migrationBuilder.DropColumn(
                name: "LanguageChosen",
                table: "Downloads");
        }
    }
}
