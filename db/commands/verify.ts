import postgres from "postgres";
import { runCommand, withTarget } from "../target.ts";
import { findMissing } from "../verify.ts";

await runCommand(() =>
  withTarget(async ({ ownerUrl }) => {
    const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
    const missing = await findMissing(sql).finally(() => sql.end());
    if (missing.length === 0)
      return console.log("the database is whole: tables, policies, indexes, functions and rights are as expected");
    console.log(`missing:\n${missing.map((one) => `  ${one}`).join("\n")}`);
    process.exitCode = 1;
  }),
);
