import { benchFolder } from "../place.ts";

/** Voice agents that speak at the same time. */
export const callsAtOnce = 20;
/** Milliseconds of speech between two functions of a call: nobody asks for the next before the first was said. */
export const speechMs = 1_000;
/** Calls of a whole run; `--calls` says another number. */
export const callsMeasured = 300;
/** Calls before anything is measured: connections know their statements then. */
export const callsToWarmUp = 40;
/** What a caller may wait for any one function, milliseconds. */
export const mostMs = 300;

/** Members who take appointments, and how far ahead every other half hour of theirs is taken. */
export const bookedMembers = 20;
export const bookedDays = 50;

/** Written once: what the bench's business needs beside its data for somebody to call it. */
export const voiceFacts = `${benchFolder}/voice.json`;

export interface VoiceFacts {
  tenantId: string;
  channelId: string;
  credentials: Record<string, string>;
}
