import { afterAll, describe, expect, test } from "vitest";
import { createWorld, dumpOf } from "./testing.ts";
import type { World } from "./testing.ts";
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

const word = "Amandier";
const a = await createWorld(word);
const b = await createWorld("Bruyere");

const key = () => `key-${crypto.randomUUID()}`;
const conversationOf = (w: World) => ({ conversationId: w.conversation.conversationId });
const customerOf = (w: World) => ({ customerId: w.customer.customerId });
const ticketOf = (w: World) => ({ ticketId: w.ticket.ticketId });
const channelOf = (w: World) => ({ channelId: w.channel.channelId });
const colleague = (w: World) => ({ userId: w.members.agent.userId });
const preferences = {
  emailEnabled: false,
  smsEnabled: false,
  whatsappEnabled: false,
  phoneEnabled: false,
  instagramEnabled: false,
  marketingConsent: false,
};

/** Procedures whose input names something of a tenant: given A's, B's owner is told that there is no such thing. */
const naming: Record<string, (w: World) => unknown> = {
  "attachments.discard": (w) => ({ attachmentId: w.uploadId }),
  "attachments.find": (w) => ({ attachmentId: w.fileId }),
  "attachments.retry": (w) => ({ attachmentId: w.failedFileId }),
  "calls.ask": (w) => ({ callId: w.callId }),
  "calls.get": (w) => ({ callId: w.callId }),
  "channels.address": channelOf,
  "channels.connect": (w) => ({ ...channelOf(w), credentials: {} }),
  "channels.delete": channelOf,
  "channels.enable": (w) => ({ ...channelOf(w), enabled: false }),
  "channels.get": channelOf,
  "channels.resumeSending": channelOf,
  "channels.revealVerifyToken": channelOf,
  "channels.saveMailSignature": (w) => ({ ...channelOf(w), signature: "Mine now" }),
  "channels.saveAutoReply": (w) => ({ ...channelOf(w), autoReply: "Mine now" }),
  "channels.saveBusinessHours": (w) => ({ ...channelOf(w), businessHours: null, awayMessage: "Mine now" }),
  "channels.saveVoice": (w) => ({ ...channelOf(w), voice: null }),
  "channels.send": (w) => ({ ...channelOf(w), to: w.customer.phone, text: "Bonjour", idempotencyKey: key() }),
  "channels.switchTemplates": (w) => ({ ...channelOf(w), templates: { promotions: true } }),
  "channels.test": channelOf,
  "channels.update": (w) => ({ ...channelOf(w), name: "Mine now" }),
  "mail.body": (w) => ({ messageId: w.messageId }),
  "connections.begin": (w) => ({ platform: "instagram", ...channelOf(w) }),
  "connections.choose": (w) => ({ connectionId: w.connectionId, accountId: "1" }),
  "connections.disconnect": (w) => ({ connectionId: w.connectionId }),
  "connections.finish": (w) => ({ platform: "instagram", state: w.signInState, error: "denied" }),
  "connections.openChannel": (w) => ({ connectionId: w.connectionId }),
  "conversations.addNote": (w) => ({ ...conversationOf(w), text: "Note" }),
  "conversations.archive": conversationOf,
  "conversations.assign": (w) => ({ ...conversationOf(w), assigneeId: null }),
  "conversations.get": conversationOf,
  "conversations.giveUp": (w) => ({ messageId: w.failedMessageId }),
  "conversations.markRead": conversationOf,
  "conversations.open": conversationOf,
  "conversations.react": (w) => ({ messageId: w.messageId, emoji: "👍", idempotencyKey: key() }),
  "conversations.reopen": conversationOf,
  "conversations.reply": (w) => ({ ...conversationOf(w), text: "Bonjour", idempotencyKey: key() }),
  "conversations.resolve": conversationOf,
  "conversations.retry": (w) => ({ messageId: w.failedMessageId }),
  "conversations.sendTemplate": (w) => ({ ...conversationOf(w), templateId: w.templateId, idempotencyKey: key() }),
  "customers.activities.create": (w) => ({ ...customerOf(w), type: "visit" }),
  "customers.activities.list": customerOf,
  "customers.get": customerOf,
  "customers.identities.create": (w) => ({
    ...customerOf(w),
    kind: "email",
    value: `${crypto.randomUUID()}@new.example`,
  }),
  "customers.identities.delete": (w) => ({ ...customerOf(w), identityId: w.secondIdentityId }),
  "customers.identities.makePrimary": (w) => ({ ...customerOf(w), identityId: w.identityId }),
  "customers.notes.create": (w) => ({ ...customerOf(w), content: "Note" }),
  "customers.notes.delete": (w) => ({ ...customerOf(w), noteId: w.noteId }),
  "customers.notes.update": (w) => ({ ...customerOf(w), noteId: w.noteId, content: "Other" }),
  "customers.preferences.update": (w) => ({ ...customerOf(w), ...preferences }),
  "customers.tags.create": (w) => ({ ...customerOf(w), tag: "new" }),
  "customers.tags.delete": (w) => ({ ...customerOf(w), tag: w.tag }),
  "customers.update": (w) => ({ ...customerOf(w), displayName: "Taken" }),
  "members.changeRole": (w) => ({ ...colleague(w), role: "manager" }),
  "members.deactivate": colleague,
  "members.issueResetLink": colleague,
  "members.openWork": colleague,
  "members.reactivate": colleague,
  "members.revokeInvitation": (w) => ({ id: w.invitationId }),
  "quickReplies.delete": (w) => ({ quickReplyId: w.quickReplyId }),
  "quickReplies.update": (w) => ({ quickReplyId: w.quickReplyId, template: "Taken" }),
  "quickReplies.use": (w) => ({ quickReplyId: w.quickReplyId, ...conversationOf(w) }),
  "templates.preview": (w) => ({ templateId: w.templateId }),
  "templates.setEnabled": (w) => ({ templateId: w.templateId, enabled: false }),
  "templates.sync": channelOf,
  "tickets.assign": (w) => ({ ...ticketOf(w), assigneeId: null }),
  "tickets.change": (w) => ({ ...ticketOf(w), subject: "Taken" }),
  "tickets.changeMany": (w) => ({ ticketIds: [w.ticket.ticketId], status: "closed" }),
  "tickets.closure.create": ticketOf,
  "tickets.notes.create": (w) => ({ ...ticketOf(w), text: "Note" }),
  "tickets.resolution.create": ticketOf,
  "tickets.resolution.delete": ticketOf,
  "webhookLogs.get": (w) => ({ id: w.webhookLogId }),
  "webhookLogs.replay": (w) => ({ id: w.webhookLogId }),
  "webhookLogs.cancelReplay": (w) => ({ replayId: w.replayId }),
};

/** Procedures that answer for their own tenant whatever they are asked: B's answer holds nothing of A. */
const answering: Record<string, (w: World) => unknown> = {
  "alerts.list": () => undefined,
  "attachments.upload": () => ({
    body: new Blob(["devis"]).stream(),
    bytes: 5,
    fileName: "devis.txt",
    declaredType: "text/plain",
  }),
  "calls.functions": () => undefined,
  "channels.create": () => ({ provider: "whatsapp", name: "Autre" }),
  "channels.list": () => undefined,
  "channels.providers": () => undefined,
  "connections.list": () => undefined,
  "connections.ofChannel": channelOf,
  "connections.platforms": () => undefined,
  "connections.status": () => undefined,
  "conversations.list": () => ({ query: word }),
  "conversations.thread": conversationOf,
  "customers.create": (w) => ({ displayName: "Homonyme", phone: w.customer.phone }),
  "customers.holder": (w) => ({ kind: "phone", value: w.customer.phone }),
  "customers.list": () => ({ search: word }),
  "customers.tags.list": () => undefined,
  "live.changes": () => undefined,
  "live.version": () => undefined,
  "members.invitations": () => undefined,
  "members.invite": () => ({ email: `invited@${word}.example`, role: "agent" }),
  "members.list": () => undefined,
  "overview.get": () => undefined,
  "profile.read": () => undefined,
  "profile.update": () => ({ name: "Propriétaire", locale: "fr", theme: "dark", timezone: null }),
  "quickReplies.create": () => ({ shortcut: "bonjour", template: "Bonjour" }),
  "quickReplies.list": () => undefined,
  "shell.load": () => undefined,
  "templates.list": channelOf,
  "tickets.assignees": () => undefined,
  "tickets.get": (w) => ({ number: w.ticket.number }),
  "tickets.list": (w) => ({ assignee: w.members.agent.userId, view: "all", search: word }),
  "tickets.next": () => ({ after: 1 }),
  "webhookLogs.list": (w) => ({ channelId: w.channel.channelId }),
  "webhookLogs.test": (w) => ({ provider: "whatsapp", body: w.post }),
  "webhookLogs.export": () => ({}),
  "webhookLogs.ledger": () => ({ since: new Date() }),
  "webhookLogs.searchContents": () => ({ text: "wamid" }),
  "webhookLogs.chart": (w) => ({ channelId: w.channel.channelId }),
  "webhookLogs.countReplay": (w) => ({ ids: [w.webhookLogId] }),
  "webhookLogs.startReplay": () => ({}),
  "webhookLogs.currentReplay": () => undefined,
  "tickets.open": () => ({ subject: "À nous" }),
};

/** Procedures that need a person and no tenant: they touch what is that person's own. */
const personal = [
  "auth.changePassword",
  "auth.endSession",
  "auth.sessions",
  "auth.signOutEverywhere",
  "profile.choose",
];

/** Procedures for people who are not signed in. */
const open = [
  "attachments.findSigned",
  "auth.demoAccounts",
  "auth.lookAtReset",
  "auth.resetPassword",
  "auth.signIn",
  "auth.signOut",
  "invitations.accept",
  "invitations.look",
  "setup.create",
  "setup.status",
  "simulator.behave",
  "simulator.callFunction",
  "simulator.changeAtProvider",
  "simulator.echo",
  "simulator.hangUp",
  "simulator.lines",
  "simulator.mail",
  "simulator.react",
  "simulator.read",
  "simulator.ring",
  "simulator.say",
  "simulator.unsend",
  "simulator.verifyAddress",
  "simulator.view",
  "simulator.watch",
  "simulator.write",
];

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
