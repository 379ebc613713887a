import { migrate } from "../migrate.ts";
import { runCommand, withTarget } from "../target.ts";

await runCommand(() =>
  withTarget(async (target) => {
    const { applied, repeated } = await migrate(target);
    if (applied.length > 0) console.log(`applied ${applied.join(", ")}`);
    console.log(applied.length > 0 || repeated ? "the database is current" : "the database was current already");
  }),
);
