import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { assistantVersions } from "#db/schema/assistants.ts";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { describeCallFunctions } from "#server/domains/calls/index.ts";
import { currentVersion } from "./read-versions.ts";
import type { SaveAssistantInput } from "./schemas.ts";
import { saveAssistantInput } from "./schemas.ts";

/**
 * Keeps what a voice agent is to be as the next version. What is asked of us during calls obeys it at once; the provider is told when
 * somebody sends it. The same once more is no version of its own.
 */
export async function saveAssistant(ctx: Ctx, input: SaveAssistantInput): Promise<{ number: number }> {
  const { channelId, definition } = saveAssistantInput.parse(input);
  const known = describeCallFunctions().map(({ name }) => name);
  if (definition.functions.some((name) => !known.includes(name))) throw invalid({ functions: "unknown_function" });
  // In the order of the registry, each once: two of the same compare as such.
  const wanted = { ...definition, functions: known.filter((name) => definition.functions.includes(name)) };
  return withTenant(ctx, async (tx) => {
    const [channel] = await tx
      .select({ id: channels.id })
      .from(channels)
      .where(and(eq(channels.id, channelId), eq(channels.channelType, "phone")))
      .for("update");
    if (!channel) throw notFound();
    const before = await currentVersion(tx, channelId);
    if (before && JSON.stringify(sorted(before.definition)) === JSON.stringify(sorted(wanted)))
      return { number: before.number };
    const number = (before?.number ?? 0) + 1;
    await tx.insert(assistantVersions).values({
      tenantId: ctx.tenantId,
      id: newId(),
      channelId,
      number,
      definition: wanted,
      createdBy: memberId(ctx),
      createdAt: ctx.clock.now(),
    });
    await recordAudit(
      { ...ctx, tx },
      { action: "assistant.save", entityType: "channel", entityId: channelId, data: { version: number } },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
    return { number };
  });
}

/** The database keeps keys in an order of its own. */
const sorted = (value: object) => Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
