import { resolve } from "node:path";
import { restoreFolder, restoreServer } from "../backup.ts";
import { embeddedFolder, hasFlag, runCommand } from "../target.ts";

/** `npm run db:restore -- PATH`: puts a backup back; over existing data only with `--yes`. */
await runCommand(async () => {
  const source = process.argv.slice(2).find((word) => !word.startsWith("--"));
  if (!source) throw new Error("usage: npm run db:restore -- PATH [--yes]");
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (!appUrl) await restoreFolder(resolve(source), embeddedFolder(), hasFlag("yes"));
  else if (ownerUrl) await restoreServer(resolve(source), { ownerUrl, appUrl }, hasFlag("yes"));
  else throw new Error("DATABASE_OWNER_URL is needed beside DATABASE_URL: the owner's connection string");
  console.log(`restored from ${resolve(source)}`);
});
