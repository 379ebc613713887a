import type { Provider, RawPost } from "#server/providers/contract.ts";
import { vectorReaders } from "./vector-readers.ts";

/** A signature that a vendor's own library made, and what must not pass for it. */
export interface Vector {
  post: RawPost;
  secret: string;
  /** When the post arrived, for a signature that ages. */
  receivedAt: Date;
  /** The same with one bit of something that is signed flipped, by what that is. */
  altered: [string, RawPost][];
  /** Further posts that the vendor's own library refuses, by what is wrong with them. */
  refused: [string, RawPost][];
}

/** Verifies each vector of a vendor's file; what was altered, and what the vendor refuses, must fail. */
export function checkVectors(provider: Provider, text: string): { verified: number; faults: string[] } {
  const read = vectorReaders[provider.name];
  if (!read) return { verified: 0, faults: [`nobody reads the vectors of ${provider.name}`] };
  const faults: string[] = [];
  let verified = 0;
  for (const [index, { post, secret, receivedAt, altered, refused }] of read(JSON.parse(text)).entries()) {
    const passes = (one: RawPost) => provider.verify(one, secret, receivedAt).ok;
    if (passes(post)) verified += 1;
    else faults.push(`vector ${index + 1} does not verify`);
    for (const [what, wrong] of altered) {
      if (passes(wrong)) faults.push(`vector ${index + 1} verifies with one bit of its ${what} flipped`);
    }
    for (const [what, wrong] of refused) {
      if (passes(wrong)) faults.push(`vector ${index + 1} verifies with ${what}`);
    }
  }
  return { verified, faults };
}
