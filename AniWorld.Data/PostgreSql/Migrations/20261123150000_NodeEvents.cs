using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AniWorld.Data.PostgreSql.Migrations
{
    /// <summary>What nodes tell each other. By the number of its transaction a row is found also when others with higher numbers were there before it.</summary>
    public partial class NodeEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
            """
            CREATE TABLE "NodeEvents" (
                "Id" uuid PRIMARY KEY,
                "Number" bigint GENERATED ALWAYS AS IDENTITY,
                "Transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(),
                "Origin" uuid NOT NULL,
                "At" timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
                "Message" text COLLATE "C" NOT NULL);

            CREATE INDEX "IX_NodeEvents_Transaction" ON "NodeEvents" ("Transaction");
            CREATE INDEX "IX_NodeEvents_At" ON "NodeEvents" ("At");
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""DROP TABLE "NodeEvents";""");
    }
}
