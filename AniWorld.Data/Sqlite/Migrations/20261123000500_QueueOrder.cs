using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AniWorld.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class QueueOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Downloads_Status_Priority_Position",
                table: "Downloads");

            migrationBuilder.CreateIndex(
                name: "IX_Downloads_Status_Priority_Position",
                table: "Downloads",
                columns: new[] { "Status", "Priority", "Position" },
                descending: new[] { false, true, false },
                filter: "\"DeletedAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Downloads_Status_Priority_Position",
                table: "Downloads");

            migrationBuilder.CreateIndex(
                name: "IX_Downloads_Status_Priority_Position",
                table: "Downloads",
                columns: new[] { "Status", "Priority", "Position" });
        }
    }
}
