export { readSpokenBudget, type SpokenBudget } from "./read-amount.ts";
export { readSpokenPhone } from "./read-phone.ts";
export { readSpokenTime, type SpokenTime } from "./read-time.ts";
export { sayTime, sayTimes, type Speaking } from "./say-time.ts";
export { type Language, plainWords } from "./words.ts";
