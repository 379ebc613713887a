import { Agent, request } from "node:http";
import type { SignedPost } from "../posts.ts";

/** A post that was sent, by the id of its message. */
export interface Sent {
  externalId: string;
  /** Unix milliseconds. */
  at: number;
  /** Until the answer; null where it was no 2xx, or none. */
  acknowledgedMs: number | null;
}

export interface SteadyPosts {
  sent: readonly Sent[];
  /** Sends no more and waits for the answers. */
  stop(): Promise<void>;
}

/**
 * Posts at a rate, whatever becomes of those before: a provider does not slow down because we do. `next` makes each.
 */
export function steadyPosts(url: string, perSecond: number, next: () => SignedPost): SteadyPosts {
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const sent: Sent[] = [];
  const pending = new Set<Promise<void>>();
  const began = performance.now();
  let count = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1000);
    for (; count < due; count++) {
      const post = next();
      const one: Sent = {
        externalId: externalIdOf(post),
        at: performance.timeOrigin + performance.now(),
        acknowledgedMs: null,
      };
      sent.push(one);
      const answered = send(agent, url, post).then((ok) => {
        if (ok) one.acknowledgedMs = performance.timeOrigin + performance.now() - one.at;
      });
      pending.add(answered);
      void answered.finally(() => pending.delete(answered));
    }
  }, 1);
  return {
    sent,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(pending);
      agent.destroy();
    },
  };
}

function send(agent: Agent, url: string, { body, headers }: SignedPost): Promise<boolean> {
  return new Promise((done) => {
    const asked = request(url, {
      agent,
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    asked.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => done(answer.statusCode === 200));
    });
    asked.on("error", () => done(false));
    asked.end(body);
  });
}

const externalIdOf = ({ body }: SignedPost) => /"id":"(wamid\.[^"]+)"/.exec(body)![1]!;
