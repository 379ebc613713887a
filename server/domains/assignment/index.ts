export { giveWaiting } from "./give-waiting.ts";
export { giveWork } from "./give-work.ts";
