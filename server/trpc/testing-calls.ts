import type { TestBrowser } from "#server/auth/testing.ts";
import type { Access } from "./init.ts";
import { appRouter, createCaller } from "./root.ts";

/** A procedure as the program declares it; `input` is what it asks for, where it asks for anything. */
export interface Procedure {
  path: string;
  type: "query" | "mutation" | "subscription";
  access: Access;
  inputs: unknown[];
}

type Declared = Record<string, { _def: { type: Procedure["type"]; meta?: Access; inputs: unknown[] } }>;
const { _def: root } = appRouter;
const declared: unknown = root.procedures;

/** Every procedure of the program. */
export const procedures: Procedure[] = Object.entries(declared as Declared).map(
  ([
    path,
    {
      _def: { type, meta, inputs },
    },
  ]) => ({ path, type, access: meta ?? {}, inputs }),
);

/** Calls a procedure by its path, as a browser on a tenant's page does; what goes on for ever is ended at once. */
export async function call(browser: TestBrowser, slug: string | null, path: string, input: unknown): Promise<unknown> {
  const gone = new AbortController();
  const caller = createCaller(await browser.request(slug), { signal: gone.signal });
  const procedure = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
  const answer = await (procedure as (input: unknown) => Promise<unknown>)(input);
  if (typeof answer !== "object" || answer === null || !(Symbol.asyncIterator in answer)) return answer;
  gone.abort();
  const yielded: unknown[] = [];
  for await (const one of answer as AsyncIterable<unknown>) yielded.push(one);
  return yielded;
}

/** `OK`, or the code of the refusal. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "OK",
    (error: { code?: string }) => (error.code ?? String(error)).toUpperCase(),
  );
