import { randomBytes } from "node:crypto";

/** Asks an address as Meta does when somebody enters it in its console; whether it gave the challenge back. */
export async function confirmsAddress(webhookUrl: string, verifyToken: string): Promise<boolean> {
  const challenge = randomBytes(6).toString("hex");
  const url = new URL(webhookUrl);
  url.search = String(
    new URLSearchParams({ "hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verifyToken }),
  );
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  return answer !== null && answer.ok && (await answer.text()) === challenge;
}
