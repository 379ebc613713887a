import { eq, getTableColumns } from "drizzle-orm";
import type { SurveyChannelType } from "#db/schema/surveys.ts";
import { surveyChannels, surveyChannelTypes, surveySettings } from "#db/schema/surveys.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { SaveSurveyChannelInput, SaveSurveySettingsInput } from "./schemas.ts";
import { saveSurveyChannelInput, saveSurveySettingsInput } from "./schemas.ts";
import type { SurveyTemplate } from "./survey-templates.ts";
import { listSurveyTemplates } from "./survey-templates.ts";
import { questionIn } from "./word-survey.ts";

type General = Omit<typeof surveySettings.$inferSelect, "tenantId" | "updatedAt">;
type Channel = Omit<typeof surveyChannels.$inferSelect, "tenantId" | "updatedAt">;

export interface SurveySettings extends General {
  timezone: string;
  /** Every kind of channel that can ask, whether it does or not. */
  channels: Channel[];
  templates: SurveyTemplate[];
  /** What is asked where the business has no words of its own. */
  defaults: { fr: string; en: string };
}

const { tenantId: _tenant, updatedAt: _at, ...generalColumns } = getTableColumns(surveySettings);
const { tenantId: _ofTenant, updatedAt: _changed, ...channelColumns } = getTableColumns(surveyChannels);

const proposed: General = {
  sendFrom: "09:00",
  sendUntil: "20:00",
  businessHours: false,
  restDays: 30,
  answerDays: 7,
  lowScore: 2,
  tellAssignee: true,
  tellManagers: true,
};

const silent = (channelType: SurveyChannelType): Channel => ({
  channelType,
  enabled: false,
  delayMinutes: 60,
  questionFr: null,
  questionEn: null,
  templateName: null,
});

/** How this business asks, or what the program proposes. */
export async function getSurveySettings(ctx: Ctx): Promise<SurveySettings> {
  return withTenant(ctx, async (tx) => {
    const [[tenant], [own], channels, templates] = await Promise.all([
      tx.select({ timezone: tenants.timezone }).from(tenants).where(eq(tenants.id, ctx.tenantId)),
      tx.select(generalColumns).from(surveySettings).where(eq(surveySettings.tenantId, ctx.tenantId)),
      tx.select(channelColumns).from(surveyChannels).where(eq(surveyChannels.tenantId, ctx.tenantId)),
      listSurveyTemplates({ ...ctx, tx }),
    ]);
    return {
      ...(own ?? proposed),
      timezone: tenant?.timezone ?? "UTC",
      channels: surveyChannelTypes.map((type) => channels.find((one) => one.channelType === type) ?? silent(type)),
      templates,
      defaults: { fr: questionIn("fr", null), en: questionIn("en", null) },
    };
  });
}

/** When and how often customers are asked, and who hears of low scores. */
export async function saveSurveySettings(ctx: Ctx, input: SaveSurveySettingsInput): Promise<void> {
  const values = saveSurveySettingsInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const row = { ...values, updatedAt: ctx.clock.now() };
    await tx
      .insert(surveySettings)
      .values({ ...row, tenantId: ctx.tenantId })
      .onConflictDoUpdate({ target: surveySettings.tenantId, set: row });
    await recordAudit({ ...ctx, tx }, { ...audited(ctx.tenantId), action: "surveys.configure", data: values });
  });
}

/** Whether and how one kind of channel asks. What is planned already is looked at again when it is due. */
export async function saveSurveyChannel(ctx: Ctx, input: SaveSurveyChannelInput): Promise<void> {
  const { channelType, ...values } = saveSurveyChannelInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { templateName } = values;
    if (templateName !== null) {
      const known = await listSurveyTemplates(inner);
      if (!known.some((one) => one.channelType === channelType && one.name === templateName))
        throw invalid({ templateName: "template_not_approved" });
    }
    const row = { ...values, updatedAt: ctx.clock.now() };
    await tx
      .insert(surveyChannels)
      .values({ ...row, tenantId: ctx.tenantId, channelType })
      .onConflictDoUpdate({ target: [surveyChannels.tenantId, surveyChannels.channelType], set: row });
    await recordAudit(inner, {
      ...audited(channelType),
      action: "surveys.channel",
      data: { channelType, ...values },
    });
  });
}

const audited = (entityId: string) => ({ entityType: "surveys", entityId });
