import { request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import webpush from "web-push";
import { publicOrigin } from "#server/core/config.ts";
import { lookUpReachable, refusePrivateHost } from "#server/core/reach.ts";
import { vapidKeys } from "./vapid-keys.ts";

export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What the page's worker shows. */
export interface PushMessage {
  title: string;
  body: string;
  /** Where pressing it leads. */
  url: string;
  /** A later one of the same name takes its place. */
  tag: string;
}

/** `gone`: the browser is to be forgotten; `later`: the push service asks for patience, or did not answer. */
export type PushOutcome = "taken" | "gone" | "refused" | "later";

const timeoutMs = 10_000;
/** What nobody received within an hour is no news. */
const keptSeconds = 3_600;

/**
 * Hands a message, sealed for one browser, to its push service. The address is the browser's word: only public hosts are
 * asked, and no redirect is followed.
 */
export async function sendPush({ endpoint, p256dh, auth }: PushTarget, message: PushMessage): Promise<PushOutcome> {
  const { publicKey, privateKey } = vapidKeys();
  const details = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(message), {
    vapidDetails: { subject: subjectOf(publicOrigin()), publicKey, privateKey },
    TTL: keptSeconds,
    urgency: "normal",
  });
  try {
    return outcomeOf(await post(new URL(endpoint), details));
  } catch {
    return "later";
  }
}

/** Push services take an https address or a mailto. */
function subjectOf(origin: string): string {
  return origin.startsWith("https:") ? origin : "mailto:guichet@localhost.example";
}

function post(url: URL, { headers, body }: webpush.RequestDetails): Promise<number> {
  refusePrivateHost(url);
  const request = url.protocol === "https:" ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: "POST",
        headers: headers as Record<string, string>,
        lookup: lookUpReachable,
        // A connection of its own: one that is kept was judged for somebody else.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return "taken";
  // Not found, gone, or subscribed with another key than ours.
  if (status === 404 || status === 410 || status === 403) return "gone";
  return status === 429 || status >= 500 ? "later" : "refused";
}
