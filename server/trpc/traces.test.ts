import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { leakyConditionsOf } from "#db/testing-plans.ts";
import type { Statement } from "#db/testing-statements.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import type { TestBrowser } from "#server/auth/testing.ts";
import { openSignIn, signedInAs } from "#server/auth/testing.ts";
import { useConfig } from "#server/core/config.ts";
import { openFiles } from "#server/domains/attachments/testing.ts";
import { createSimulator, useSimulator } from "#server/simulator/simulator.ts";
import { call, codeOf, procedures } from "./testing-calls.ts";
import { answering } from "./testing-answers.ts";
import { naming } from "./testing-questions.ts";
import { elsewhere, first, untraced } from "./testing-traces.ts";
import type { World } from "./testing.ts";
import { createWorld, dumpOf } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
openFiles();
// Nobody listens there: a procedure that calls a provider is refused at once.
useConfig(testConfig({ publicUrl: "http://127.0.0.1:9" }));
const simulator = createSimulator();
useSimulator(simulator);
afterAll(() => {
  simulator.stop();
  useSimulator(undefined);
});

const inputs = { ...naming, ...answering };
const asked = procedures.filter(({ path }) => inputs[path]);
const changes = asked.filter(({ type }) => type === "mutation");
const questions = asked.filter(({ type }) => type === "query");
const isRefused = /NOT_FOUND|BAD_REQUEST|FORBIDDEN|UNAUTHORIZED|INTERNAL/;

/** What was asked of the database for them, each statement once. */
const statements = new Map<string, Statement>();

async function noting<T>(run: () => Promise<T>): Promise<T> {
  let answer: T;
  for (const one of await statementsOf(async () => (answer = await run()))) statements.set(one.query, one);
  return answer!;
}

interface Trace {
  actor: string | null;
  action: string;
  entity: string | null;
  told: string;
}

const tracesOf = ({ tenant }: World) =>
  withTenant(tenant, (tx) =>
    tx.raw.unsafe<Trace[]>(
      `select actor_id as actor, action, entity_type || ' ' || entity_id as entity, entity_id || data::text as told
         from audit_log where actor_type = 'member' order by id`,
    ),
  );

test("the lists of what leaves no trace here name changes of the program, once", () => {
  const listed = [...Object.keys(untraced), ...Object.keys(elsewhere)];
  const known = new Set(changes.map(({ path }) => path));
  expect([...listed, ...Object.entries(first).flat()].filter((path) => !known.has(path))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test.each(Object.entries(elsewhere))("%s is told in its own test", async (_, { action, test: file }) => {
  expect(await readFile(new URL(`../domains/${file}`, import.meta.url), "utf8")).toContain(`"${action}"`);
});

test.each(Object.entries(untraced))("%s by the owner leaves no trace: %s", async (path) => {
  const { world, ask } = await open();
  expect(await codeOf(noting(() => ask(path, inputs[path]?.(world))))).not.toMatch(isRefused);
  expect(await tracesOf(world)).toEqual([]);
});

const told = changes.filter(({ path }) => !elsewhere[path] && !untraced[path]);

describe.each(told)("$path by the owner", ({ path }) => {
  test("is told: who, what, and of what", async () => {
    const { world, ask } = await open();
    const before = first[path];
    const made = before ? await ask(before, inputs[before]?.(world)) : null;
    const known = await tracesOf(world);
    const input = takingOver(inputs[path]?.(world), made);
    const answer = await noting(() => ask(path, input));
    const traces = (await tracesOf(world)).slice(known.length);
    expect(traces.length).toBeGreaterThan(0);
    for (const { actor, action, entity } of traces) {
      expect(actor).toBe(world.members.owner.userId);
      expect(action).toMatch(/^[a-z_]+\.[a-z_]+$/);
      expect(entity).not.toBeNull();
    }
    const named = wordsIn([input, answer]).filter((one) => one.length >= 8);
    if (naming[path]) expect(named.some((one) => traces.some(({ told: of }) => of.includes(one)))).toBe(true);
  });
});

async function open() {
  const world = await createWorld("Cerisier");
  const browser = await signedInAs(world.members.owner);
  return { world, ask: (path: string, input: unknown) => call(browser, world.tenant.slug, path, input) };
}

function wordsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return isObject(value) ? Object.values(value).flatMap(wordsIn) : [];
}

/** A question with the ids of what was made for it. */
function takingOver(input: unknown, made: unknown): unknown {
  if (!isObject(input) || !isObject(made)) return input;
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, made[key] ?? value]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

describe("asking changes nothing:", () => {
  let world: World;
  let browser: TestBrowser;
  let tables: string[];
  beforeAll(async () => {
    world = await createWorld("Pommier");
    browser = await signedInAs(world.members.owner);
    const rows = await database.owner<{ name: string }[]>`
      select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`;
    tables = rows.map(({ name }) => name);
  });

  test.each(questions.map(({ path }) => path))("%s", async (path) => {
    const before = await dumpOf(world.tenant.tenantId, tables);
    const input = inputs[path]?.(world);
    expect(await codeOf(noting(() => call(browser, world.tenant.slug, path, input)))).not.toMatch(isRefused);
    expect(await dumpOf(world.tenant.tenantId, tables)).toEqual(before);
  });
});

test("no statement of theirs has a condition that row-level security keeps from its index", async () => {
  const { tenant } = await createWorld("Noyer");
  const leaky: { conditions: string[]; query: string }[] = [];
  const planned = [...statements.values()].filter(({ query }) =>
    /^\s*(select|with|insert|update|delete)\b/i.test(query),
  );
  for (const statement of planned) {
    const conditions = await leakyConditionsOf(tenant, statement);
    if (conditions.length > 0) leaky.push({ conditions, query: statement.query });
  }
  expect(planned.length).toBeGreaterThan(300);
  expect(leaky).toEqual([]);
});
