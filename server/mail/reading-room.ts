import { mailLimits } from "./limits.ts";

let reading = 0;
const waiting: (() => void)[] = [];

/** Runs work that holds about this many bytes, once there is room for them beside what is being read already. */
export async function inTurn<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  while (reading > 0 && reading + bytes > mailLimits.together) await new Promise<void>((go) => waiting.push(go));
  reading += bytes;
  try {
    return await work();
  } finally {
    reading -= bytes;
    for (const go of waiting.splice(0)) go();
  }
}
