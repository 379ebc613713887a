import { eq, getTableColumns } from "drizzle-orm";
import {
  appointmentMessageSettings as settings,
  appointmentMessageWords as words,
} from "#db/schema/appointment-messages.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { listNoticeTemplates, type NoticeTemplate } from "#server/domains/outreach/index.ts";
import type { MessageValues, WordedKind } from "./message-kinds.ts";
import { proposedOn, wordedKinds } from "./message-kinds.ts";
import type { SaveSettingsInput, SaveWordsInput } from "./schemas.ts";
import { saveSettingsInput, saveWordsInput } from "./schemas.ts";
import { fillMessage, textIn } from "./word-message.ts";
import { wordTime } from "./word-time.ts";

type Words = Omit<typeof words.$inferSelect, "tenantId" | "updatedAt">;

/** One kind of message, how it is worded, and what a customer would read. */
export interface MessageSetting extends Words {
  /** What is said where the business has no words of its own. */
  defaults: { fr: string; en: string };
  previews: { fr: string; en: string };
}

export interface MessageSettings {
  sendFrom: string;
  sendUntil: string;
  /** How long an offered time is kept. */
  offerMinutes: number;
  timezone: string;
  messages: MessageSetting[];
  templates: NoticeTemplate[];
}

const { tenantId: _tenant, updatedAt: _at, ...wordColumns } = getTableColumns(words);
const { tenantId: _ofTenant, updatedAt: _changed, ...settingColumns } = getTableColumns(settings);
const proposed = { sendFrom: "08:00", sendUntil: "20:00", offerMinutes: 30 };

const unworded = (kind: WordedKind): Words => ({
  kind,
  enabled: proposedOn[kind],
  textFr: null,
  textEn: null,
  templateName: null,
  templateValues: {},
});

/** How this business speaks of appointments, or what the program proposes. */
export async function getMessageSettings(ctx: Ctx): Promise<MessageSettings> {
  return withTenant(ctx, async (tx) => {
    const [[tenant], [own], worded, templates] = await Promise.all([
      tx.select({ name: tenants.name, timezone: tenants.timezone }).from(tenants).where(eq(tenants.id, ctx.tenantId)),
      tx.select(settingColumns).from(settings).where(eq(settings.tenantId, ctx.tenantId)),
      tx.select(wordColumns).from(words).where(eq(words.tenantId, ctx.tenantId)),
      listNoticeTemplates(tx),
    ]);
    const { name: business = "", timezone = "UTC" } = tenant ?? {};
    return {
      ...(own ?? proposed),
      timezone,
      templates,
      messages: wordedKinds.map((kind) => {
        const setting = worded.find((one) => one.kind === kind) ?? unworded(kind);
        const preview = (language: "fr" | "en") =>
          fillMessage(
            textIn(language, kind, setting),
            exampleIn(language, { business, timezone, now: ctx.clock.now() }),
          );
        return {
          ...setting,
          defaults: { fr: textIn("fr", kind, null), en: textIn("en", kind, null) },
          previews: { fr: preview("fr"), en: preview("en") },
        };
      }),
    };
  });
}

/** Somebody who does not exist, tomorrow. */
function exampleIn(
  language: "fr" | "en",
  { business, timezone, now }: { business: string; timezone: string; now: Date },
): MessageValues {
  const halfHour = 1_800_000;
  const tomorrow = new Date(Math.ceil((now.getTime() + 86_400_000) / halfHour) * halfHour);
  return {
    "customer.first_name": "Camille",
    "customer.name": "Camille Roux",
    "business.name": business,
    service: language === "fr" ? "Conseil en boutique" : "Advice in the shop",
    ...wordTime(language, tomorrow, { zone: timezone, customerZone: timezone }),
    member: "Nadia",
    place: language === "fr" ? "12 rue des Lampes" : "12 Lamp Street",
    link: "https://…",
  };
}

/** When customers are written to, and how long an offered time is kept. */
export async function saveMessageSettings(ctx: Ctx, input: SaveSettingsInput): Promise<void> {
  const values = saveSettingsInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const row = { ...values, updatedAt: ctx.clock.now() };
    await tx
      .insert(settings)
      .values({ ...row, tenantId: ctx.tenantId })
      .onConflictDoUpdate({ target: settings.tenantId, set: row });
    const entity = { entityType: "appointment_messages", entityId: ctx.tenantId };
    await recordAudit({ ...ctx, tx }, { ...entity, action: "appointment_messages.configure", data: values });
  });
}

/** Whether and how one kind of message is sent. What is planned already is looked at again when it is due. */
export async function saveMessageWords(ctx: Ctx, input: SaveWordsInput): Promise<void> {
  const { kind, ...values } = saveWordsInput.parse(input);
  await withTenant(ctx, async (tx) => {
    if (values.templateName !== null) {
      const template = (await listNoticeTemplates(tx)).find(({ name }) => name === values.templateName);
      if (!template) throw invalid({ templateName: "template_not_approved" });
      if (template.variables.some((name) => !values.templateValues[name]))
        throw invalid({ templateName: "unknown_variable" });
    }
    const row = { ...values, updatedAt: ctx.clock.now() };
    await tx
      .insert(words)
      .values({ ...row, tenantId: ctx.tenantId, kind })
      .onConflictDoUpdate({ target: [words.tenantId, words.kind], set: row });
    const entity = { entityType: "appointment_messages", entityId: kind };
    await recordAudit({ ...ctx, tx }, { ...entity, action: "appointment_messages.word", data: { kind, ...values } });
  });
}
