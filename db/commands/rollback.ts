import postgres from "postgres";
import { lastMigration, lossesOf, rollBack } from "../rollback.ts";
import { hasFlag, runCommand, withTarget } from "../target.ts";

/** `npm run db:rollback`: undoes the last migration; `-- --yes` does it, without it the loss is named. */
await runCommand(() =>
  withTarget(async ({ ownerUrl }) => {
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
    try {
      const migration = await lastMigration(sql);
      if (!migration) return console.log("no migration is applied: there is nothing to undo");
      const losses = await lossesOf(sql, migration);
      console.log(
        `${migration.name} ${hasFlag("yes") ? "is undone, and with it" : "would be undone, and with it would be lost"}:`,
      );
      for (const { name, rows } of losses) console.log(`  ${name}: ${rows} rows`);
      if (losses.length === 0) console.log("  no rows, only rules and indexes");
      if (!hasFlag("yes")) throw new Error("nothing was done. To do it: npm run db:rollback -- --yes");
      await rollBack(sql, migration);
    } finally {
      await sql.end();
    }
  }),
);
