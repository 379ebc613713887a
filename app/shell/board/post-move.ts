/** Longer than the server takes. */
const patienceMs = 15_000;

/** Asks the server to move a card; answers why not, or null once it is done. `path`: an action that answers `refused` as JSON. */
export async function postMove(path: string, move: Record<string, string>): Promise<string | null> {
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
