import { createCorrespondence } from "../stand-in-correspondence.ts";

const mostMails = 200;

export type FakeMailbox = ReturnType<typeof createFakeMailbox>;

/** One made-up mailbox: its inbox with UIDs, what was sent from it, and what each customer sees. Bounded. */
export function createFakeMailbox() {
  const inbox = new Map<number, { bytes: Uint8Array; at: Date }>();
  const sent = new Set<string>();
  const waiting = new Set<() => void>();
  // A mailbox of an earlier process is another one: its UIDs begin anew.
  const uidValidity = Math.floor(Date.now() / 1000);
  let next = 1;

  const mailbox = {
    ...createCorrespondence(),
    uidValidity,
    uidNext: () => next,
    add(bytes: Uint8Array): void {
      inbox.set(next, { bytes, at: new Date() });
      inbox.delete(next - mostMails);
      next += 1;
      for (const wake of waiting) wake();
    },
    heads: (after: number) =>
      [...inbox]
        .filter(([uid]) => uid > after)
        .map(([uid, { at, bytes }]) => ({ uid, at: at.toISOString(), size: bytes.length })),
    bytes: (uid: number) => inbox.get(uid)?.bytes ?? null,
    keepSent(messageId: string): void {
      sent.add(messageId);
      const [oldest] = sent;
      if (sent.size > 1000 && oldest !== undefined) sent.delete(oldest);
    },
    hasSent: (messageId: string) => sent.has(messageId),
    /** Resolves once it is so, or when the time is over. */
    async until(isSo: (own: { uidNext(): number }) => boolean, ms: number, signal: AbortSignal): Promise<void> {
      const ends = Date.now() + ms;
      while (!isSo(mailbox) && Date.now() < ends && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            waiting.delete(done);
            signal.removeEventListener("abort", done);
            resolve();
          };
          const timer = setTimeout(done, ends - Date.now()).unref();
          waiting.add(done);
          signal.addEventListener("abort", done, { once: true });
        });
      }
    },
  };
  return mailbox;
}
