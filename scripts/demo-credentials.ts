import { asc, eq } from "drizzle-orm";
import type { Sql } from "postgres";
import postgres from "postgres";
import { connect } from "#db/client.ts";
import { channelConfigurations, channelRoutingKeys } from "#db/schema/channels.ts";
import { memberships, tenants } from "#db/schema/tenants.ts";
import { demoPassword } from "#db/seed/index.ts";
import { runCommand, withTarget } from "#db/target.ts";
import { useAppPool, withTenant } from "#db/tenant.ts";
import type { KeyRing } from "#server/core/crypto.ts";
import { open, readKeyRing } from "#server/core/crypto.ts";

/**
 * `npm run demo:credentials`: everything a script needs to play a demo tenant's provider or member, as
 * JSON. Refused where no demo tenant is: it never opens the secrets of a real business.
 */
await runCommand(() =>
  withTarget(async ({ appUrl, encryptionKey }) => {
    const app = connect({ url: appUrl, max: 1 });
    useAppPool(app);
    try {
      const keyRing = readKeyRing(encryptionKey);
      const found = await tenantsOf(app);
      const demos = (await Promise.all(found.map((row) => readTenant(row.tenant_id, keyRing)))).filter(
        (tenant) => tenant !== null,
      );
      if (demos.length === 0) throw new Error("this database is not the demo's: it has no demo tenant");
      console.log(JSON.stringify({ url: publicUrl(), tenants: demos }, null, 2));
    } finally {
      useAppPool(undefined);
      await app.end({ timeout: 2 });
    }
  }),
);

/** None in a database that was never migrated: there the sign-in or the door is missing. */
async function tenantsOf(app: Sql): Promise<readonly { tenant_id: string }[]> {
  try {
    return await app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  } catch (error) {
    if (error instanceof postgres.PostgresError && ["28P01", "42883", "3F000"].includes(error.code)) return [];
    throw error;
  }
}

async function readTenant(tenantId: string, keyRing: KeyRing) {
  return withTenant({ tenantId }, async (tx) => {
    const [tenant] = await tx.select().from(tenants).where(eq(tenants.id, tenantId));
    if (!tenant?.demo) return null;
    const members = await tx.select().from(memberships).orderBy(asc(memberships.email));
    const channels = await tx.select().from(channelConfigurations).orderBy(asc(channelConfigurations.id));
    const keys = await tx.select().from(channelRoutingKeys).orderBy(asc(channelRoutingKeys.key));
    return {
      id: tenantId,
      slug: tenant.slug,
      name: tenant.name,
      kind: tenant.kind,
      signIns: members
        .filter(({ email }) => email.endsWith(".example"))
        .map(({ email, role }) => ({ email, role, password: demoPassword })),
      channels: channels
        .filter((channel) => channel.simulated)
        .map((channel) =>
          describe(
            channel,
            keys.filter((row) => row.channelId === channel.id).map((row) => row.key),
            keyRing,
          ),
        ),
    };
  });
}

function describe(channel: typeof channelConfigurations.$inferSelect, routingKeys: string[], keyRing: KeyRing) {
  const opened = (sealed: string | null) => (sealed ? open(keyRing, sealed, `${channel.tenantId}:${channel.id}`) : "");
  const { id, name, provider, channelType, displayPhoneNumber } = channel;
  return {
    id,
    name,
    provider,
    channelType,
    address: displayPhoneNumber,
    routingKeys,
    webhookUrl: `${publicUrl()}/webhooks/${provider}/${opened(channel.webhookKey)}`,
    sharedWebhookUrl: `${publicUrl()}/webhooks/${provider}`,
    verifyToken: opened(channel.verifyToken),
    /** Signs this channel's webhooks. */
    signingSecret: opened(channel.appSecret),
    credentials: JSON.parse(opened(channel.configEncrypted) || "{}") as Record<string, string>,
  };
}

function publicUrl(): string {
  return process.env.PUBLIC_URL?.replace(/\/+$/, "") ?? `http://localhost:${process.env.PORT ?? 3000}`;
}
