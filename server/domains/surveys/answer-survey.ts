import { and, eq } from "drizzle-orm";
import { surveyChannels, surveys } from "#db/schema/surveys.ts";
import { customers } from "#db/schema/customers.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { countAttempt } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { fill } from "#server/domains/quick-replies/index.ts";
import { recordScores } from "./record-scores.ts";
import type { AnswerSurveyInput, OpenSurveyInput } from "./schemas.ts";
import { answerSurveyInput, openSurveyInput } from "./schemas.ts";
import type { SurveyLanguage } from "./word-survey.ts";
import { languageOf, questionIn, scoreNames } from "./word-survey.ts";

/** What the page of a link shows: nothing of the customer but their own answer. */
export interface SurveyToAnswer {
  business: string;
  language: SurveyLanguage;
  question: string;
  /** What each score is called, that of 1 first. */
  names: readonly string[];
  /** What was answered so far; null: nothing. */
  score: number | null;
  comment: string | null;
  /** Until when it may be answered, and changed; null: it is over. */
  until: Date | null;
}

/** What a link asks. Looking records nothing: programs that scan mails follow links. `link_expired` where it is nobody's. */
export async function openSurvey(address: string, input: OpenSurveyInput, clock: Clock): Promise<SurveyToAnswer> {
  const { token } = openSurveyInput.parse(input);
  const owner = await ownerOf(token, address, clock);
  return withTenant({ tenantId: owner.tenantId }, (tx) => readSurvey(tx, owner.id, clock.now()));
}

/**
 * Answers by a link, or changes the answer as long as that may be done: `survey_over` afterwards. The same answer again
 * changes nothing. Tries are counted against their address.
 */
export async function answerSurvey(address: string, input: AnswerSurveyInput, clock: Clock): Promise<SurveyToAnswer> {
  const { token, score, comment } = answerSurveyInput.parse(input);
  const owner = await ownerOf(token, address, clock);
  await countAttempt({ address: `survey ${digest(token)}` }, clock.now());
  return withTenant({ tenantId: owner.tenantId }, async (tx) => {
    await tx.select({ id: surveys.id }).from(surveys).where(eq(surveys.id, owner.id)).for("update");
    const survey = await readSurvey(tx, owner.id, clock.now());
    if (!survey.until) throw new DomainError("conflict", "survey_over");
    const given = comment || null;
    if (survey.score === score && survey.comment === given) return survey;
    const ctx = { ...contextFor(owner.tenantId, { type: "system" }, clock), tx };
    const answer = { surveyId: owner.id, score, comment: given, at: clock.now(), by: "link" as const };
    await recordScores(ctx, [{ ...answer, correctable: false }]);
    return { ...survey, score, comment: given };
  });
}

async function ownerOf(token: string, address: string, clock: Clock): Promise<{ tenantId: string; id: string }> {
  const [owner] = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.owner_of_token('survey', ${digest(token)})`;
  if (owner) return { tenantId: owner.tenant_id, id: owner.id };
  await countAttempt({ address }, clock.now());
  throw new DomainError("not_found", "link_expired");
}

async function readSurvey(tx: TenantTx, id: string, now: Date): Promise<SurveyToAnswer> {
  const [row] = await tx
    .select({
      business: tenants.name,
      language: surveys.language,
      questionFr: surveyChannels.questionFr,
      questionEn: surveyChannels.questionEn,
      firstName: customers.firstName,
      name: customers.displayName,
      score: surveys.score,
      comment: surveys.comment,
      until: surveys.answerableUntil,
    })
    .from(surveys)
    .innerJoin(tenants, eq(tenants.id, surveys.tenantId))
    .innerJoin(customers, and(eq(customers.tenantId, surveys.tenantId), eq(customers.id, surveys.customerId)))
    .leftJoin(
      surveyChannels,
      and(eq(surveyChannels.tenantId, surveys.tenantId), eq(surveyChannels.channelType, surveys.channelType)),
    )
    .where(and(eq(surveys.tenantId, tx.tenantId), eq(surveys.id, id)));
  if (!row) throw new DomainError("not_found", "link_expired");
  const { business, questionFr, questionEn, firstName, name, score, comment, until } = row;
  const language = languageOf(row.language ?? "fr");
  const question = fill(questionIn(language, { questionFr, questionEn }), {
    "customer.first_name": firstName ?? name.split(" ")[0] ?? "",
    "customer.name": name,
    "business.name": business,
  });
  const open = until && until > now ? until : null;
  return { business, language, question, names: scoreNames[language], score, comment, until: open };
}
