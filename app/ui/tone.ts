/** What a colour means; the word beside it always says the same. */
export type Tone = "neutral" | "info" | "warn" | "wait" | "ok" | "bad" | "accent";
