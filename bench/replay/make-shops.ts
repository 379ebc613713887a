import { hash } from "@node-rs/argon2";
import { rmSync } from "node:fs";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { createChannel, createMember, createTenant, testConfig } from "#db/factories.ts";
import { migrate } from "#db/migrate.ts";
import { useAppPool } from "#db/tenant.ts";
import { useConfig } from "#server/core/config.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { benchPeople } from "../place.ts";
import type { Shop } from "./place.ts";
import { replayAdmin, replayFolder } from "./place.ts";

/** Two shops with a WhatsApp channel each, in a database made anew. */
export async function makeShops(): Promise<[mine: Shop, other: Shop]> {
  rmSync(replayFolder, { recursive: true, force: true });
  const database = await startEmbedded({ folder: replayFolder });
  await migrate({ ownerUrl: database.ownerUrl, appUrl: database.appUrl });
  const app = connect({ url: database.appUrl, max: 2 });
  const owner = connect({ url: database.ownerUrl, max: 1 });
  useAppPool(app);
  useConfig(testConfig({ keyRing: readKeyRing(database.encryptionKey) }));
  try {
    await owner`select door.make_log_partitions(current_date - 1, 4)`;
    await createTenant({ slug: "platform", name: "Guichet", kind: "platform" });
    const mine = await makeShop("bench");
    const admin = await createMember(mine, "admin", { email: replayAdmin, name: "Inès" });
    await owner`insert into auth.passwords (user_id, hash) values (${admin.userId}, ${await hash(benchPeople.password)})`;
    return [mine, await makeShop("other")];
  } finally {
    await Promise.all([app.end(), owner.end()]);
    await database.stop();
  }
}

async function makeShop(slug: Shop["slug"]): Promise<Shop> {
  const { tenantId } = await createTenant({ slug, name: slug });
  return { slug, tenantId, channel: await createChannel({ tenantId }) };
}
