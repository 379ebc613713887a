import { afterAll, describe, expect, test } from "vitest";
import type { World } from "./testing.ts";
import { createWorld, dumpOf } from "./testing.ts";
import { answering } from "./testing-answers.ts";
import { channelOf, word } from "./testing-ids.ts";
import { naming } from "./testing-questions.ts";
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
import { call, codeOf, procedures } from "./testing-calls.ts";
import { idAt, idKeysOf, idsIn, withIdOf } from "./testing-inputs.ts";

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

const tables = (
  await database.owner<{ name: string }[]>`
    select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`
).map((row) => row.name);
const inputs = { ...naming, ...answering };
const ofTenants = procedures.filter((one) => one.access.permission !== undefined);
const changes = ofTenants.filter((one) => one.type === "mutation");

const browsers = {
  "A's members": Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await signedInAs(a.members[role])] as const)),
  ) as Record<Role, TestBrowser>,
  "B's owner": await signedInAs(b.members.owner),
};

/** What each business held when it was last looked at. */
const held = new Map<World, Record<string, string>>();

/** The tables that say something else of the business than when they were last looked at. */
async function changedIn(world: World): Promise<string[]> {
  const [before, now] = [held.get(world) ?? {}, await dumpOf(world.tenant.tenantId, tables)];
  held.set(world, now);
  return tables.filter((table) => before[table] !== now[table]);
}
await changedIn(a);

/** A's ids and words, less what the question itself said. */
function namesOfA(question: unknown): string[] {
  const asked = JSON.stringify(question) ?? "";
  const ids =
    Object.values(held.get(a) ?? {})
      .join("\n")
      .match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
  return [...new Set([...ids, word, word.toLowerCase()])].filter((name) => !asked.includes(name));
}

/** Of one id, that there is no such thing; of a field of a form, beside that field. */
const unknown = /^(NOT_FOUND|BAD_REQUEST)$/;

/** What these name is looked for, and what is of elsewhere is not found. */
const filters = new Set(["webhookLogs.startReplay"]);

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

  test("ask every change about everything that it can be asked about", () => {
    const unasked = changes
      .filter(({ path }) => !filters.has(path))
      .flatMap(({ path, inputs: schemas }) => {
        const asked = JSON.stringify(inputs[path]?.(a)) ?? "";
        return idKeysOf(schemas).flatMap((key) => (asked.includes(`"${key}":`) ? [] : [`${path}: ${key}`]));
      });
    expect(unasked).toEqual([]);
  });
});

describe.each(ofTenants)("$path", ({ path, access }) => {
  const input = inputs[path]?.(a);

  test("is refused to a stranger, on A's page and with A's ids, and changes nothing of A", async () => {
    expect(await codeOf(call(new TestBrowser(), a.tenant.slug, path, input))).toBe("UNAUTHORIZED");
    expect(await codeOf(call(browsers["B's owner"], a.tenant.slug, path, input))).toBe("NOT_FOUND");
    expect(await codeOf(call(browsers["B's owner"], null, path, input))).toBe("NOT_FOUND");
    const own = call(browsers["B's owner"], b.tenant.slug, path, input);
    if (naming[path]) expect(await codeOf(own)).toMatch(unknown);
    else {
      const answer = JSON.stringify(await own) ?? "";
      expect(namesOfA(input).filter((name) => answer.includes(name))).toEqual([]);
    }
    expect(await changedIn(a)).toEqual([]);
  });

  test("is refused to every role without the permission", async () => {
    const lacking = roles.filter((role) => access.permission && !allows(role, access.permission));
    for (const role of lacking) {
      const code = await codeOf(call(browsers["A's members"][role], a.tenant.slug, path, input));
      expect([role, code]).toEqual([role, "FORBIDDEN"]);
    }
    expect(await changedIn(a)).toEqual([]);
  });
});

const joining = changes.filter(({ path }) => idsIn(inputs[path]?.(a)).length > 1);

describe.each(joining)("$path", ({ path }) => {
  test.each(idsIn(inputs[path]?.(a)))("takes nothing of A's among what is B's own: %s %s %s", async (...keys) => {
    const ofA = inputs[path]?.(a);
    const mixed = withIdOf(inputs[path]?.(b), keys, ofA);
    expect(await codeOf(call(browsers["B's owner"], b.tenant.slug, path, mixed))).not.toContain("INTERNAL");
    expect(await changedIn(a)).toEqual([]);
    const kept = Object.values(await dumpOf(b.tenant.tenantId, tables)).join();
    expect(kept.includes(idAt(ofA, keys))).toBe(false);
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
