import postgres from "postgres";
import type { KeyRing } from "#server/core/crypto.ts";
import { readKeyRing } from "#server/core/crypto.ts";
import { newId } from "#server/core/ids.ts";
import type { Storage } from "#server/storage/index.ts";
import { connect } from "../client.ts";
import { tenants } from "../schema/tenants.ts";
import { useAppPool, withTenant } from "../tenant.ts";
import { atelierLumen } from "./atelier-lumen.ts";
import { harlowStudio } from "./harlow-studio.ts";
import { planLogs, planUnclaimed } from "./plan-logs.ts";
import { planThreads } from "./plan-threads.ts";
import type { DemoBusiness, DemoMember } from "./shape.ts";
import { demoPassword } from "./demo-password.ts";
import { writeAppointments } from "./write-appointments.ts";
import { writeBusiness, writeMembers } from "./write-business.ts";
import { writeAssistant } from "./write-assistant.ts";
import { linkCalls, writeCalls } from "./write-calls.ts";
import { writeCustomers } from "./write-customers.ts";
import { writeDesk } from "./write-desk.ts";
import { writeFiles } from "./write-files.ts";
import { writeLabels } from "./write-labels.ts";
import { makeLogDays, writeLogs } from "./write-logs.ts";
import { writeMails } from "./write-mails.ts";
import { writeSurveys } from "./write-surveys.ts";
import { writeTeams } from "./write-teams.ts";
import { writeThreads } from "./write-threads.ts";
import { writeProspects } from "./write-prospects.ts";
import { writeRules } from "./write-rules.ts";
import { writeTickets } from "./write-tickets.ts";
import { writeViews } from "./write-views.ts";

export { environmentStorage } from "./environment-storage.ts";
export { demoPassword } from "./demo-password.ts";

const operator: DemoMember = {
  key: "operator",
  name: "Solène Marin",
  email: "operateur@guichet.example",
  role: "owner",
};

/** How to get in, for the start's last lines. */
export const demoSignIns = [
  { email: "camille@atelier-lumen.example", password: demoPassword, note: "Atelier Lumen, admin" },
  { email: "nadia@atelier-lumen.example", password: demoPassword, note: "Atelier Lumen, agent" },
  { email: "rosalind@harlow-studio.example", password: demoPassword, note: "Harlow Studio, owner" },
  { email: "priya@harlow-studio.example", password: demoPassword, note: "Harlow Studio, agent" },
  { email: operator.email, password: demoPassword, note: "platform operator" },
];

export interface SeedOptions {
  /** Connection strings of the owner (for the log) and of guichet_app (for everything else). */
  ownerUrl: string;
  appUrl: string;
  /** As in `ENCRYPTION_KEY`. */
  encryptionKey: string;
  /** Where pictures and documents go. */
  storage: Storage;
}

/**
 * Fills an empty database with two made-up businesses and the platform's tenant. Everything is dated
 * back from now; ids and secrets are random per database. Does nothing where a business exists.
 */
export async function seedDemo({ ownerUrl, appUrl, encryptionKey, storage }: SeedOptions): Promise<boolean> {
  const keyRing = readKeyRing(encryptionKey);
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const app = connect({ url: appUrl, max: 2 });
  useAppPool(app);
  try {
    const [database] = await app<{ empty: boolean; platform: string | null }[]>`
      select door.has_no_tenant() as empty, door.platform_tenant() as platform`;
    if (!database?.empty) return false;
    const now = new Date();
    await makeLogDays(owner, now);
    const platformId = await seedPlatform(database.platform, now);
    for (const business of [atelierLumen, harlowStudio]) {
      const { tenantId, threads } = await seedBusiness(business, { keyRing, storage, now });
      await writeLogs(owner, tenantId, planLogs(threads));
      await writeLogs(owner, platformId, planUnclaimed(threads));
    }
    return true;
  } finally {
    useAppPool(undefined);
    await Promise.all([app.end({ timeout: 2 }), owner.end({ timeout: 2 })]);
  }
}

async function seedPlatform(found: string | null, now: Date): Promise<string> {
  const tenantId = found ?? newId();
  await withTenant({ tenantId }, async (tx) => {
    if (!found) {
      await tx
        .insert(tenants)
        .values({ id: tenantId, slug: "plateforme", name: "Plateforme", kind: "platform", demo: true });
    }
    await writeMembers(tx, [operator], "fr", now);
  });
  return tenantId;
}

async function seedBusiness(
  business: DemoBusiness,
  { keyRing, storage, now }: { keyRing: KeyRing; storage: Storage; now: Date },
) {
  const tenantId = newId();
  return withTenant({ tenantId }, async (tx) => {
    const seeded = await writeBusiness(tx, business, keyRing, now);
    const customers = await writeCustomers(tx, business, [...seeded.memberIds.values()][1], now);
    const threads = planThreads(business, seeded, customers, now);
    await writeThreads(tx, threads);
    await writeMails(tx, threads);
    await writeCalls(tx, threads);
    await writeLabels(tx, business, threads, now);
    await writeFiles(tx, storage, threads);
    await writeTickets(tx, business, seeded, threads, customers, now);
    await linkCalls(tx);
    await writeAssistant(tx, business, seeded, now);
    await writeAppointments(tx, business, seeded, customers, now);
    await writeProspects(tx, business, seeded, customers, now);
    await writeTeams(tx, business, seeded, now);
    await writeViews(tx, business, seeded);
    await writeRules(tx, business);
    await writeSurveys(tx, business, now);
    await writeDesk(tx, business, now);
    return { tenantId, threads };
  });
}
