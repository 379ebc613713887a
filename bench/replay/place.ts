import type { MadeChannel } from "#db/factories.ts";

/** Every run begins on an empty database: what a replay heals it can heal once. */
export const replayFolder = ".cache/bench-replay";

/** Events replayed. */
export const replayed = 50_000;
/** Live posts a second. */
export const livePosts = 200;
/** Live posts alone, before the replay and again after it. */
export const idleSeconds = 15;
/** A replay that takes longer fails the bench. */
export const mostSeconds = 360;

/** The shop that replays, and its neighbour on the same machine. */
export interface Shop {
  slug: "bench" | "other";
  tenantId: string;
  channel: MadeChannel;
}

export const replayAdmin = "admin@bench.example";
