import type { Status } from "./ticket-words.ts";

/** Longer than the server takes. */
const patienceMs = 15_000;

/** Gives a ticket another status; answers why not, or null once it is done. `path` is the address of `move.ts`. */
export async function moveCard(path: string, move: { ticketId: string; status: Status }): Promise<string | null> {
  try {
    const response = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(move),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer = (await response.json()) as { refused?: string | null; reason?: string };
    return response.ok ? (answer.refused ?? null) : (answer.reason ?? "unexpected");
  } catch {
    return "unreachable";
  }
}
