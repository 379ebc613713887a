import { resolve } from "node:path";
import { backUpFolder, backUpServer } from "../backup.ts";
import { embeddedFolder, runCommand } from "../target.ts";

/** `npm run db:backup [-- PATH]`: a folder for the embedded database, a pg_dump file for a server. */
await runCommand(async () => {
  const stamp = new Date().toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const named = process.argv[2];
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (!appUrl) {
    const target = resolve(named ?? `backups/guichet-${stamp}`);
    await backUpFolder(embeddedFolder(), target);
    return console.log(`backed up to ${target} (it holds the keys: keep it as safe as the data)`);
  }
  if (!ownerUrl) throw new Error("DATABASE_OWNER_URL is needed beside DATABASE_URL: the owner's connection string");
  const target = resolve(named ?? `backups/guichet-${stamp}.dump`);
  await backUpServer(ownerUrl, target);
  console.log(`backed up to ${target} (keep ENCRYPTION_KEY as well: the dump's secrets cannot be opened without it)`);
});
