export { answerCall } from "./answer-call.ts";
