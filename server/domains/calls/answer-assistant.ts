import { eq } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";
import { apologies } from "./functions/apologies.ts";

type Question = Extract<LiveQuestion, { kind: "assistant" }>;
type Answer = Extract<LiveAnswer, { kind: "assistant" }>;

interface Line {
  id: string;
  provider: string;
  enabled: boolean;
  assistantId: string | null;
  number: string;
  /** Numbers of the business that send their calls on to this one. */
  forwarded: string[];
}

/**
 * Which assistant takes a call: the one of the channel that the forwarding number belongs to, else of
 * the channel of the called number, else of the one that was asked. Only the tenant's own are thought of. Where
 * nobody answers to the number, a sentence that the caller hears.
 */
export async function answerAssistant(ctx: Ctx, channelId: string, question: Question): Promise<Answer> {
  const { lines, language } = await findLines(ctx);
  const asked = lines.find((line) => line.id === channelId);
  if (!asked) throw notFound();
  const line = lineFor(
    lines.filter(({ provider }) => provider === asked.provider),
    asked,
    question,
  );
  const assistantId = line?.enabled ? line.assistantId : null;
  const error = assistantId === null ? apologies.nobody[language]() : null;
  return { kind: "assistant", assistantId, definition: null, error };
}

function lineFor(lines: readonly Line[], asked: Line, { to, forwardedFrom }: Question): Line | null {
  if (forwardedFrom !== null) {
    const forwarding = lines.find((line) => line.forwarded.includes(forwardedFrom));
    if (forwarding) return forwarding;
  }
  const called = to === null ? undefined : lines.find((line) => line.number === to);
  if (called) return called;
  // A number that several businesses forward to belongs to nobody else's callers.
  const sharesItsNumber = asked.number === "" && asked.forwarded.length > 0;
  return sharesItsNumber ? null : asked;
}

async function findLines(ctx: Ctx): Promise<{ lines: Line[]; language: "fr" | "en" }> {
  return withTenant(ctx, async (tx) => {
    const [rows, [tenant]] = await Promise.all([
      tx
        .select({
          id: channels.id,
          provider: channels.provider,
          enabled: channels.enabled,
          assistantId: channels.assistantId,
          configPublic: channels.configPublic,
        })
        .from(channels)
        .where(eq(channels.channelType, "phone")),
      tx.select({ language: tenants.locale }).from(tenants).where(eq(tenants.id, ctx.tenantId)),
    ]);
    const lines = rows.map(({ configPublic, ...row }) => ({
      ...row,
      number: configPublic.phone_number ?? "",
      forwarded: (configPublic.forwarded_numbers ?? "").split(",").filter((number) => number !== ""),
    }));
    return { lines, language: tenant?.language ?? "fr" };
  });
}
