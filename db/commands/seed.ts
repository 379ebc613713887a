import { connect } from "../client.ts";
import { migrate } from "../migrate.ts";
import { environmentStorage, seedDemo } from "../seed/index.ts";
import { runCommand, withTarget } from "../target.ts";

/** `npm run db:seed`: the demo tenants, in an empty database. */
await runCommand(() =>
  withTarget(async (target) => {
    await migrate(target);
    const sql = connect({ url: target.appUrl, max: 1 });
    const [row] = await sql<{ empty: boolean }[]>`select door.has_no_tenant() as empty`.finally(() => sql.end());
    if (!row?.empty) throw new Error("the database has tenants already: the demo is made in an empty one only");
    await seedDemo({ ...target, storage: environmentStorage() });
    console.log("the demo tenants are made");
  }),
);
