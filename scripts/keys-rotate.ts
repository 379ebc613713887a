import { connect } from "#db/client.ts";
import { folderHolder } from "#db/folder-lock.ts";
import { embeddedFolder, runCommand, withTarget } from "#db/target.ts";
import { useAppPool } from "#db/tenant.ts";
import { beginRotation, endRotation } from "./key-file.ts";
import type { KeyRing } from "#server/core/crypto.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { resealAll, verifyAll } from "./reseal.ts";

/**
 * `npm run keys:rotate`: seals every stored secret anew. The embedded database makes itself a new key;
 * on a server the operator puts one in front of the old in ENCRYPTION_KEY first. Can be interrupted and
 * run again at any time: until it says that all is done, both keys are needed.
 */
await runCommand(async () => {
  const { DATABASE_URL: server, ENCRYPTION_KEY: given } = process.env;
  const own = !server && !given;
  if (own) {
    const holder = folderHolder(embeddedFolder());
    if (holder) throw new Error(`Guichet runs on ${embeddedFolder()} (process ${holder}): stop it first`);
  }
  await withTarget(async ({ appUrl, dataFolder, encryptionKey }) => {
    const ring = readKeyRing(own ? beginRotation(dataFolder) : encryptionKey);
    if (ring.keys.size < 2) {
      throw new Error(
        "ENCRYPTION_KEY holds one key only: put a new one in front, as newid:base64,oldid:base64 (openssl rand " +
          "-base64 32; a key without an id is k1), restart every process with it, then run this again",
      );
    }
    await reseal(appUrl, ring);
    if (own) endRotation(dataFolder);
    console.log(
      own
        ? "the old key is forgotten; backups made before need it: it is in them"
        : `ENCRYPTION_KEY may now be the first key alone (${ring.current}); keep the others as long as backups from before`,
    );
  });
});

async function reseal(appUrl: string, ring: KeyRing): Promise<void> {
  const app = connect({ url: appUrl, max: 1 });
  useAppPool(app);
  try {
    const { values, resealed, lost } = await resealAll(ring);
    console.log(`${values} sealed values seen, ${resealed} sealed anew with key ${ring.current}`);
    for (const { table, id } of lost) console.error(`${table} ${id}: no key of ENCRYPTION_KEY opens it`);
    if (lost.length > 0) {
      throw new Error(
        `${lost.length} values could not be opened: give their key as well, or connect these channels again`,
      );
    }
    const verified = await verifyAll(ring);
    if (verified.lost.length > 0) {
      throw new Error(
        `${verified.lost.length} rows do not open with the new key alone: run it again before dropping the old one`,
      );
    }
    console.log(`${verified.values} sealed values opened with the new key alone`);
  } finally {
    useAppPool(undefined);
    await app.end();
  }
}
