export { planSurveys, type Resolution } from "./plan-surveys.ts";
export { readScore, type ReadScore } from "./read-score.ts";
export { recordScores } from "./record-scores.ts";
export { openSurveySql, type OpenSurvey } from "./open-survey-sql.ts";
export { surveyMailOf } from "./survey-mail-of.ts";
