import { z } from "zod";
import type { Provider, RawPost } from "#server/providers/contract.ts";

const parameters = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
/** A file of known-good signatures: what was signed, and what the vendor's library made of it. */
const vectorFile = z.object({
  auth_token: z.string(),
  header: z.string(),
  params: parameters.default({}),
  cases: z
    .array(
      z.object({
        url: z.string(),
        signature: z.string(),
        params: parameters.optional(),
        raw_body: z.string().optional(),
      }),
    )
    .min(1),
});
type VectorFile = z.infer<typeof vectorFile>;
type VectorCase = VectorFile["cases"][number];

/** Verifies each vector, then flips one bit of its signature, its URL and its body: each must fail. */
export function checkVectors(provider: Provider, text: string): { verified: number; faults: string[] } {
  const file = vectorFile.parse(JSON.parse(text));
  const faults: string[] = [];
  let verified = 0;
  for (const [index, vector] of file.cases.entries()) {
    const post = signedPost(file, vector);
    if (!provider.verify(post, file.auth_token).ok) faults.push(`vector ${index + 1} does not verify`);
    else verified += 1;
    for (const [what, altered] of alterations(post, file.header.toLowerCase())) {
      if (provider.verify(altered, file.auth_token).ok) {
        faults.push(`vector ${index + 1} verifies with one bit of its ${what} flipped`);
      }
    }
  }
  return { verified, faults };
}

function signedPost(file: VectorFile, vector: VectorCase): RawPost {
  const json = vector.raw_body !== undefined;
  const fields = Object.entries(vector.params ?? file.params).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, item]),
  );
  return {
    url: vector.url,
    headers: {
      "content-type": json ? "application/json" : "application/x-www-form-urlencoded",
      [file.header.toLowerCase()]: vector.signature,
    },
    body: new TextEncoder().encode(vector.raw_body ?? new URLSearchParams(fields).toString()),
  };
}

function alterations(post: RawPost, header: string): [string, RawPost][] {
  const signature = Buffer.from(post.headers[header] ?? "", "base64");
  const flipped = flipBit(signature, 3).toString("base64");
  const path = post.url.replace(/\/myapp/, "/lyapp");
  return [
    ["signature", { ...post, headers: { ...post.headers, [header]: flipped } }],
    ["url", { ...post, url: path === post.url ? `${post.url}!` : path }],
    ["body", { ...post, body: flipBit(post.body, Math.floor(post.body.length / 2)) }],
  ];
}

function flipBit(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
