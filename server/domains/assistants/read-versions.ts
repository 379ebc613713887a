import { and, desc, eq } from "drizzle-orm";
import type { AssistantDefinition } from "#db/schema/assistants.ts";
import { assistantVersions as versions } from "#db/schema/assistants.ts";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { AssistantRef } from "./schemas.ts";

export interface AssistantVersion {
  number: number;
  definition: AssistantDefinition;
  createdAt: Date;
  /** null: the program, or somebody who left. */
  createdBy: string | null;
  /** When the provider took it, last. */
  sentAt: Date | null;
}

export interface Assistant {
  channel: { id: string; name: string; provider: string; simulated: boolean };
  /** What is to be so: the newest version, else what a first one begins with. */
  definition: AssistantDefinition;
  /** The newest first; none: nothing was ever said. */
  versions: AssistantVersion[];
}

/** Versions that are shown; older ones stay. */
const most = 20;

/** What the business wants of the voice agent on a channel, and wanted before. `not_found` for what is no telephone line of the tenant. */
export async function readAssistant(ctx: Ctx, { channelId }: AssistantRef): Promise<Assistant> {
  return withTenant(ctx, async (tx) => {
    const [[channel], found] = await Promise.all([
      tx
        .select({
          id: channels.id,
          name: channels.name,
          provider: channels.provider,
          simulated: channels.simulated,
          language: tenants.locale,
        })
        .from(channels)
        .innerJoin(tenants, eq(tenants.id, channels.tenantId))
        .where(and(eq(channels.id, channelId), eq(channels.channelType, "phone"))),
      tx
        .select({
          number: versions.number,
          definition: versions.definition,
          createdAt: versions.createdAt,
          createdBy: userProfiles.displayName,
          sentAt: versions.sentAt,
        })
        .from(versions)
        .leftJoin(
          userProfiles,
          and(eq(userProfiles.tenantId, versions.tenantId), eq(userProfiles.userId, versions.createdBy)),
        )
        .where(and(eq(versions.tenantId, ctx.tenantId), eq(versions.channelId, channelId)))
        .orderBy(desc(versions.number))
        .limit(most),
    ]);
    if (!channel) throw notFound();
    const { language, ...shown } = channel;
    const begun = { prompt: "", greeting: "", language, voice: "", functions: [], transferTo: "" };
    return { channel: shown, definition: found[0]?.definition ?? begun, versions: found };
  });
}

/** The newest version of a channel's agent; null where nothing was ever said. */
export async function currentVersion(
  tx: TenantTx,
  channelId: string,
): Promise<{ number: number; definition: AssistantDefinition } | null> {
  const [found] = await tx
    .select({ number: versions.number, definition: versions.definition })
    .from(versions)
    .where(and(eq(versions.tenantId, tx.tenantId), eq(versions.channelId, channelId)))
    .orderBy(desc(versions.number))
    .limit(1);
  return found ?? null;
}

/** The version that the provider was sent last; null where it never was. */
export async function lastSent(tx: TenantTx, channelId: string): Promise<AssistantVersion["definition"] | null> {
  const [found] = await tx.raw.unsafe<{ definition: AssistantDefinition }[]>(
    `select definition from assistant_versions
      where tenant_id = $1 and channel_id = $2::uuid and sent_at is not null order by sent_at desc, number desc limit 1`,
    [tx.tenantId, channelId],
    { prepare: true },
  );
  return found?.definition ?? null;
}
