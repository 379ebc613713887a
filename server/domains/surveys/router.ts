import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { answerSurvey, openSurvey } from "./answer-survey.ts";
import { getCustomerSurveys } from "./customer-surveys.ts";
import { listSurveys } from "./list-surveys.ts";
import {
  answerSurveyInput,
  customerSurveysInput,
  figuresInput,
  listSurveysInput,
  openSurveyInput,
  saveSurveyChannelInput,
  saveSurveySettingsInput,
} from "./schemas.ts";
import { getSurveyFigures } from "./survey-figures.ts";
import { getSurveySettings, saveSurveyChannel, saveSurveySettings } from "./survey-settings.ts";

const looks = memberProcedure("analytics.read");
const configures = memberProcedure("surveys.write");

/** How satisfied customers are. */
export const surveysRouter = router({
  list: looks.input(listSurveysInput).query(({ ctx, input }) => listSurveys(ctx.verb, input)),
  figures: looks.input(figuresInput).query(({ ctx, input }) => getSurveyFigures(ctx.verb, input)),
  ofCustomer: memberProcedure("customers.read")
    .input(customerSurveysInput)
    .query(({ ctx, input }) => getCustomerSurveys(ctx.verb, input)),
  settings: configures.query(({ ctx }) => getSurveySettings(ctx.verb)),
  saveSettings: configures
    .input(saveSurveySettingsInput)
    .mutation(({ ctx, input }) => saveSurveySettings(ctx.verb, input)),
  saveChannel: configures
    .input(saveSurveyChannelInput)
    .mutation(({ ctx, input }) => saveSurveyChannel(ctx.verb, input)),
  /** For whoever has the link: no sign-in. */
  open: publicProcedure
    .input(openSurveyInput)
    .query(({ ctx, input }) => openSurvey(ctx.client.address, input, ctx.clock)),
  answer: publicProcedure
    .input(answerSurveyInput)
    .mutation(({ ctx, input }) => answerSurvey(ctx.client.address, input, ctx.clock)),
});
