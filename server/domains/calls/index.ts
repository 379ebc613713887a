export { recordCalls, type RecordedCall, type ToldCall } from "./record-calls.ts";
