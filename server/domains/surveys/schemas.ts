import { z } from "zod";
import { surveyChannelTypes } from "#db/schema/surveys.ts";
import { variablesIn } from "#server/domains/quick-replies/schemas.ts";

/** What is filled in where a question is asked. */
export const surveyVariables = ["customer.first_name", "customer.name", "business.name"] as const;
const known: ReadonlySet<string> = new Set(surveyVariables);

/** The business's own words; empty: the program's. A text message has no room for more. */
const question = z
  .string()
  .trim()
  .max(300, "too_long")
  .refine((text) => variablesIn(text).every((name) => known.has(name)), "unknown_variable")
  .transform((text) => text || null)
  .nullable();

export const saveSurveyChannelInput = z.object({
  channelType: z.enum(surveyChannelTypes),
  enabled: z.boolean(),
  /** From the resolution to the question; thirty days at most. */
  delayMinutes: z.number("invalid_duration").int("invalid_duration").min(0, "invalid_duration").max(43_200, "too_long"),
  questionFr: question,
  questionEn: question,
  /** Of WhatsApp; null: nobody is asked outside the reply window. */
  templateName: z.string().trim().max(512).nullable(),
});
export type SaveSurveyChannelInput = z.input<typeof saveSurveyChannelInput>;

const hour = z.string("invalid_time").regex(/^([01]\d|2[0-3]):[0-5]\d$/, "invalid_time");
const days = (least: number, most: number) =>
  z.number("invalid_number").int("invalid_number").min(least, "invalid_number").max(most, "too_long");

export const saveSurveySettingsInput = z
  .object({
    sendFrom: hour,
    sendUntil: hour,
    businessHours: z.boolean(),
    restDays: days(0, 365),
    answerDays: days(1, 60),
    /** null: nobody is told of any. */
    lowScore: z.number().int().min(1).max(4).nullable(),
    tellAssignee: z.boolean(),
    tellManagers: z.boolean(),
  })
  .refine(({ sendFrom, sendUntil }) => sendFrom < sendUntil, { path: ["sendUntil"], message: "hours_reversed" });
export type SaveSurveySettingsInput = z.infer<typeof saveSurveySettingsInput>;

/** `asked`: whatever was asked, answered or not. */
export const surveyStates = ["asked", "answered", "unanswered", "not_sent", "planned"] as const;

export const surveyFilter = z.object({
  state: z.enum(surveyStates).default("asked"),
  score: z.number().int().min(1).max(5).nullish(),
  channelType: z.enum(surveyChannelTypes).nullish(),
  memberId: z.uuid().nullish(),
  /** Days back from now; what is planned lies ahead, and is shown whatever the period. */
  days: z.number().int().min(1).max(365).default(30),
});
export type SurveyFilter = z.infer<typeof surveyFilter>;

export const listSurveysInput = surveyFilter.extend({
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(500).default(50),
});
export type ListSurveysInput = z.input<typeof listSurveysInput>;

export const figuresInput = surveyFilter.pick({ channelType: true, memberId: true, days: true });
export type FiguresInput = z.input<typeof figuresInput>;

export const customerSurveysInput = z.object({ customerId: z.uuid() });
export type CustomerSurveysInput = z.infer<typeof customerSurveysInput>;

const token = z.string().min(20).max(100);
export const openSurveyInput = z.object({ token });
export type OpenSurveyInput = z.infer<typeof openSurveyInput>;

export const answerSurveyInput = z.object({
  token,
  score: z.number("required").int("required").min(1, "required").max(5, "required"),
  comment: z.string().trim().max(2_000, "too_long").default(""),
});
export type AnswerSurveyInput = z.input<typeof answerSurveyInput>;
