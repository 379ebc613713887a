import { mailLimits } from "./limits.ts";

/** Memory that is shared out: whoever needs bytes waits until others have given theirs back. */
export function createRoom(mostBytes: number) {
  let held = 0;
  const waiting: (() => void)[] = [];
  return {
    /** Resolves to what gives the bytes back, once there is room; more than there is at all are let in alone. */
    async take(bytes: number): Promise<() => void> {
      while (held > 0 && held + bytes > mostBytes) await new Promise<void>((go) => waiting.push(go));
      held += bytes;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        held -= bytes;
        for (const go of waiting.splice(0)) go();
      };
    },
  };
}

const reading = createRoom(mailLimits.together);

/** Runs work that holds about this many bytes, once there is room for them beside what is being read already. */
export async function inTurn<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  const giveBack = await reading.take(bytes);
  try {
    return await work();
  } finally {
    giveBack();
  }
}
