import { afterAll, describe, expect, test } from "vitest";
import { createWorld, dumpOf } from "./testing.ts";
import { answering, channelOf, naming, word } from "./testing-questions.ts";
import { open, personal } from "./testing-untenanted.ts";
import { testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { allows } from "#server/auth/permissions.ts";
import { openSignIn, signedInAs, TestBrowser } from "#server/auth/testing.ts";
import { useConfig } from "#server/core/config.ts";
import type { Role } from "#server/core/context.ts";
import { roles } from "#server/core/context.ts";
import { openFiles } from "#server/domains/attachments/testing.ts";
import { createSimulator, useSimulator } from "#server/simulator/simulator.ts";
import type { Access } from "./init.ts";
import { appRouter, createCaller } from "./root.ts";

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

const a = await createWorld(word);
const b = await createWorld("Bruyere");

const { _def: root } = appRouter;
const declared: unknown = root.procedures;
const procedures = Object.entries(declared as Record<string, { _def: { meta?: Access } }>).map(
  ([path, { _def: procedure }]) => ({
    path,
    access: procedure.meta ?? {},
  }),
);
const tables = (
  await database.owner<{ name: string }[]>`
    select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`
).map((row) => row.name);
const inputs = { ...naming, ...answering };

const browsers = {
  "A's members": Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await signedInAs(a.members[role])] as const)),
  ) as Record<Role, TestBrowser>,
  "B's owner": await signedInAs(b.members.owner),
};

async function call(browser: TestBrowser, slug: string | null, path: string, input: unknown): Promise<unknown> {
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

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "OK",
    (error: { code?: string }) => (error.code ?? String(error)).toUpperCase(),
  );

/** A's ids and words, less what the question itself said. */
function namesOfA(dump: Record<string, string>, question: unknown): string[] {
  const asked = JSON.stringify(question) ?? "";
  const ids =
    Object.values(dump)
      .join("\n")
      .match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
  return [...new Set([...ids, word, word.toLowerCase()])].filter((name) => !asked.includes(name));
}

describe("the tables of this test", () => {
  test("name every procedure of the program, and no other", () => {
    const listed = [...Object.keys(naming), ...Object.keys(answering), ...personal, ...open];
    expect(listed.toSorted()).toEqual(procedures.map((one) => one.path).toSorted());
    expect(new Set(listed).size).toBe(listed.length);
  });

  test("agree with what the procedures ask of the caller", () => {
    const paths = (asks: (access: Access) => boolean) =>
      procedures
        .filter((one) => asks(one.access))
        .map((one) => one.path)
        .toSorted();
    expect(paths((access) => access.permission !== undefined)).toEqual(Object.keys(inputs).toSorted());
    expect(paths((access) => access.permission === undefined && access.signedIn === true)).toEqual(personal.toSorted());
  });
});

const ofTenants = procedures.filter((one) => one.access.permission !== undefined);

describe.each(ofTenants)("$path", ({ path, access }) => {
  const input = inputs[path]?.(a);

  test("is refused to a stranger, on A's page and with A's ids, and changes nothing of A", async () => {
    const before = await dumpOf(a.tenant.tenantId, tables);
    expect(await codeOf(call(new TestBrowser(), a.tenant.slug, path, input))).toBe("UNAUTHORIZED");
    expect(await codeOf(call(browsers["B's owner"], a.tenant.slug, path, input))).toBe("NOT_FOUND");
    expect(await codeOf(call(browsers["B's owner"], null, path, input))).toBe("NOT_FOUND");
    const own = call(browsers["B's owner"], b.tenant.slug, path, input);
    if (naming[path]) expect(await codeOf(own)).toBe("NOT_FOUND");
    else {
      const answer = JSON.stringify(await own) ?? "";
      expect(namesOfA(before, input).filter((name) => answer.includes(name))).toEqual([]);
    }
    expect(await dumpOf(a.tenant.tenantId, tables)).toEqual(before);
  });

  test("is refused to every role without the permission", async () => {
    const before = await dumpOf(a.tenant.tenantId, tables);
    const lacking = roles.filter((role) => access.permission && !allows(role, access.permission));
    for (const role of lacking) {
      const code = await codeOf(call(browsers["A's members"][role], a.tenant.slug, path, input));
      expect([role, code]).toEqual([role, "FORBIDDEN"]);
    }
    expect(await dumpOf(a.tenant.tenantId, tables)).toEqual(before);
  });
});

describe("what the refusals above named exists:", () => {
  test.each(Object.keys(naming))("%s finds it for A's owner", async (path) => {
    const own = await createWorld("Cerisier");
    const browser = await signedInAs(own.members.owner);
    expect(await codeOf(call(browser, own.tenant.slug, path, naming[path]?.(own)))).not.toMatch(
      /NOT_FOUND|BAD_REQUEST|FORBIDDEN/,
    );
  });
});

test("the simulator of a business that is no demo answers its members alone", async () => {
  const line = channelOf(a);
  const phone = { ...line, address: a.customer.phone };
  for (const browser of [new TestBrowser(), browsers["B's owner"]]) {
    expect(JSON.stringify(await call(browser, b.tenant.slug, "simulator.lines", undefined))).not.toContain(
      line.channelId,
    );
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.view", phone))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.write", { ...phone, text: "Bonjour" }))).toBe(
      "NOT_FOUND",
    );
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.read", phone))).toBe("NOT_FOUND");
    const letter = { ...phone, subject: "Bonjour", text: "Bonjour" };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.mail", letter))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.ring", phone))).toBe("NOT_FOUND");
    const ringing = { ...line, callId: "call-1" };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.say", { ...ringing, text: "x" }))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.hangUp", ringing))).toBe("NOT_FOUND");
    const asked = { ...ringing, name: "opening_hours" };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.callFunction", asked))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.behave", { ...line, failSends: true }))).toBe(
      "NOT_FOUND",
    );
    const broken = { ...line, fault: "token_revoked", on: true };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.changeAtProvider", broken))).toBe("NOT_FOUND");
    const entered = { ...line, verifyToken: "x" };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.verifyAddress", entered))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.echo", { ...phone, text: "x" }))).toBe("NOT_FOUND");
    const reaction = { ...phone, messageId: "x", emoji: "👍" };
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.react", reaction))).toBe("NOT_FOUND");
    expect(await codeOf(call(browser, b.tenant.slug, "simulator.watch", line))).toBe("NOT_FOUND");
  }
  expect(
    JSON.stringify(await call(browsers["A's members"].agent, a.tenant.slug, "simulator.lines", undefined)),
  ).toContain(line.channelId);
});
