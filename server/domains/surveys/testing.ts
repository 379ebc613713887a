import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  systemCtx,
} from "#db/factories.ts";
import type { surveyChannels, surveys, surveySettings } from "#db/schema/surveys.ts";
import { surveyChannels as channelsTable, surveySettings as settingsTable } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { receiveMessages } from "#server/domains/conversations/receive-messages.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { resolveConversation } from "#server/domains/conversations/change-conversation-status.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import { askSurvey } from "./ask-survey.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

type SurveyRow = typeof surveys.$inferSelect;
type Thread = Extract<InboundEvent, { kind: "message" }>["thread"];

interface Shop {
  provider?: Parameters<typeof createChannel>[1] extends infer Values
    ? NonNullable<Values> extends { provider?: infer Provider }
      ? Provider
      : never
    : never;
  start?: string;
  settings?: Partial<typeof surveySettings.$inferInsert>;
  asks?: Partial<typeof surveyChannels.$inferInsert>;
}

/** A business whose channel asks an hour after a resolution, with a conversation that a member has answered. */
export async function surveyShop({ provider, start = "2026-11-20T09:00:00Z", settings, asks }: Shop = {}) {
  const clock = fixedClock(start);
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const { tenantId } = tenant;
  const channel = await createChannel(tenant, provider ? { provider } : {});
  const member = await createMember(tenant, "agent", { clock });
  const manager = await createMember(tenant, "manager", { clock });
  const email = `client-${newId().slice(-8)}@client.example`;
  const customer = await createCustomer(tenant, { email });
  const isMail = channel.channelType === "email";
  const conversation = await createConversation(tenant, {
    channel,
    customer,
    lastMessageAt: clock.now(),
    assigneeId: member.userId,
    ...(isMail ? { addressKind: "email", addressValue: email, threadKey: `<${newId()}@client.example>` } : {}),
  });
  await withTenant(tenant, async (tx) => {
    if (settings) await tx.insert(settingsTable).values({ tenantId, ...settings });
    await tx
      .insert(channelsTable)
      .values({ tenantId, channelType: channel.channelType as "whatsapp", enabled: true, delayMinutes: 60, ...asks });
  });
  const { conversationId } = conversation;
  const rows = <Row extends object>(statement: string, ...values: unknown[]) =>
    withTenant(tenant, (tx) => tx.raw.unsafe<Row[]>(statement, values as never[]));
  const hears = (text: string, of: { at?: Date; thread?: Thread; messageId?: string } = {}) =>
    receiveMessages(systemCtx(tenant, clock), [
      {
        channelId: channel.channelId,
        webhookLogId: null,
        event: {
          kind: "message",
          direction: "in",
          messageId: of.messageId ?? newId(),
          person: {
            identities: isMail ? [{ kind: "email", value: email }] : [{ kind: "phone", value: customer.phone }],
            name: null,
          },
          content: { kind: "text", text, media: [], data: of.thread?.automatic ? { automatic: true } : null },
          replyToId: null,
          occurredAt: of.at ?? clock.now(),
          ...(of.thread ? { thread: of.thread } : {}),
        },
      },
    ]);
  const answers = (text = "C’est réglé.") =>
    replyToConversation(member.ctx, { conversationId, text, idempotencyKey: newId() });
  await createMessage(conversation, { occurredAt: clock.now(), read: true });
  clock.advance(minute);
  await answers();
  clock.advance(minute);
  return {
    tenant,
    tenantId,
    channel,
    member,
    manager,
    customer,
    conversation,
    conversationId,
    clock,
    rows,
    hears,
    answers,
    resolve: () => resolveConversation(member.ctx, { conversationId }),
    /** Asks whatever of this business is planned, due or not: what is not due stays. */
    ask: async () => {
      for (const { id } of await rows<{ id: string }>("select id from surveys where status = 'planned'"))
        await askSurvey(systemCtx(tenant, clock), id);
    },
    surveys: () =>
      rows<{ status: SurveyRow["status"]; reason: string | null; score: number | null; comment: string | null }>(
        "select status, reason, score, comment from surveys order by id",
      ),
    thread: async () => {
      const [row] = await rows<{
        status: string;
        unread_count: number;
        waiting_since: Date | null;
        survey_until: Date | null;
      }>("select status, unread_count, waiting_since, survey_until from conversations where id = $1", conversationId);
      return row!;
    },
  };
}

/** A business whose customer was asked a moment ago. */
export async function askedShop(of: Shop = {}) {
  const shop = await surveyShop(of);
  await shop.resolve();
  shop.clock.advance(hour);
  await shop.ask();
  shop.clock.advance(minute);
  return shop;
}
