import { expect, test } from "vitest";
import { heldBytes } from "#server/core/testing-cost.ts";
import type { Provider, RawPost } from "./contract.ts";
import { MalformedPost } from "./contract.ts";
import { allProviders } from "./registry.ts";
import { receivedAt, sampleFiles, samplePost } from "./testing-samples.ts";

const posts = 10_000;
/** By then caches are full and code is compiled. */
const warm = 2_000;
const mostGrownBytes = 12 * 1024 * 1024;

/** A sample with one of its bytes changed: another one, to another value, every time. */
function spoilt(samples: readonly RawPost[], turn: number): RawPost {
  const { body, ...post } = samples[turn % samples.length]!;
  const changed = Uint8Array.from(body);
  const at = (turn * 7_919) % Math.max(1, changed.length);
  changed[at] = (changed[at]! + 1 + (turn % 255)) % 256;
  return { ...post, body: changed };
}

async function read(provider: Provider, post: RawPost): Promise<void> {
  try {
    for (const part of await provider.split(post)) provider.parse(part.payload, receivedAt);
  } catch (error) {
    if (!(error instanceof MalformedPost)) throw error;
  }
}

/** A mailbox is read and never posted to: server/mail/hostile.test.ts asks the same of what reads it. */
const posting = allProviders.filter(({ name }) => name !== "email");

test.each(posting.map((provider) => ({ name: provider.name, provider })))(
  `${posts} spoilt posts of $name leave no memory behind`,
  { timeout: 300_000 },
  async ({ name, provider }) => {
    const samples = sampleFiles(name).map((file) => samplePost(name, file));
    expect(samples.length).toBeGreaterThan(0);
    let before = 0;
    for (let turn = 0; turn < posts; turn++) {
      if (turn === warm) before = await heldBytes();
      await read(provider, spoilt(samples, turn));
    }
    expect((await heldBytes()) - before).toBeLessThan(mostGrownBytes);
  },
);
