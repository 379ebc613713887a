import { and, eq } from "drizzle-orm";
import { surveys } from "#db/schema/surveys.ts";
import type { TenantTx } from "#db/tenant.ts";
import { publicOrigin } from "#server/core/config.ts";
import { openToken } from "./survey-token.ts";
import { languageOf, surveyMail } from "./word-survey.ts";

/**
 * The mail of a survey with its links, made as it leaves: they stand nowhere else, so that nobody in the business can
 * answer in the customer's place. null for a message that asks nothing, or whose survey is gone.
 */
export async function surveyMailOf(
  tx: TenantTx,
  { data, text }: { data: Record<string, unknown> | null; text: string },
): Promise<{ text: string; html: string } | null> {
  const id = data?.["survey"];
  if (typeof id !== "string") return null;
  const [survey] = await tx
    .select({ tokenSealed: surveys.tokenSealed, language: surveys.language })
    .from(surveys)
    .where(and(eq(surveys.tenantId, tx.tenantId), eq(surveys.id, id)));
  if (!survey?.tokenSealed) return null;
  const token = openToken({ tenantId: tx.tenantId, id }, survey.tokenSealed);
  return surveyMail(text, languageOf(survey.language ?? "fr"), `${publicOrigin()}/s/${token}`);
}
