export { answerAssistant } from "./answer-assistant.ts";
export { answerFunctions } from "./answer-functions.ts";
export { describeCallFunctions, type DescribedFunction } from "./functions/registry.ts";
export { recordCalls, type RecordedCall, type ToldCall } from "./record-calls.ts";
