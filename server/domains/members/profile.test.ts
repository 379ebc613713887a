import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs } from "#server/auth/testing.ts";
import { listMembers } from "./list-members.ts";
import { ask } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);
const chosen = { name: "Nadia B.", locale: "en", theme: "dark", timezone: "Europe/London" } as const;

test("language and theme follow the person into every tenant; the name is the tenant's own", async () => {
  const [one, two] = [await createTenant(), await createTenant()];
  const member = await createMember(one, "agent", { name: "Nadia Benali" });
  const same = await createMember(two, "agent", { userId: member.userId, email: member.email, name: "N. Benali" });
  const colleague = await createMember(one);
  const browser = await signedInAs(member);

  await (await ask(browser, one.slug)).profile.update(chosen);
  const read = { ...chosen, alertMails: true, undoSeconds: 5 };
  expect(await (await ask(browser, one.slug)).profile.read()).toEqual(read);
  expect(await (await ask(browser, two.slug)).profile.read()).toEqual({ ...read, name: "N. Benali" });
  expect((await browser.request()).viewer).toMatchObject({ locale: "en", theme: "dark" });
  expect((await listMembers(same.ctx)).map(({ name }) => name)).toEqual(["N. Benali"]);
  expect((await listMembers(colleague.ctx)).map(({ name }) => name)).toContain("Nadia B.");
  const theirs = await (await ask(await signedInAs(colleague), one.slug)).profile.read();
  expect(theirs).toMatchObject({ locale: null, theme: "system" });
});

test("alert mails are switched off for one's own self, in one tenant, and that is written down", async () => {
  const [one, two] = [await createTenant(), await createTenant()];
  const member = await createMember(one, "admin");
  await createMember(two, "admin", { userId: member.userId, email: member.email });
  const colleague = await createMember(one, "admin");
  const browser = await signedInAs(member);
  await (await ask(browser, one.slug)).profile.chooseAlertMails({ alertMails: false });
  const wants = async (who: typeof browser, slug: string) => (await (await ask(who, slug)).profile.read()).alertMails;
  expect(await wants(browser, one.slug)).toBe(false);
  expect(await wants(browser, two.slug)).toBe(true);
  expect(await wants(await signedInAs(colleague), one.slug)).toBe(true);
  const audit = await withTenant(one, (tx) => tx.select().from(auditLog));
  expect(audit).toMatchObject([{ action: "profile.choose_alert_mails", actorId: member.userId }]);
});

test.each([
  [{ name: " " }, { name: ["required"] }],
  [{ timezone: "Mars/Olympus" }, { timezone: ["invalid_timezone"] }],
])("%o is refused beside its field", async (wrong, fields) => {
  const tenant = await createTenant();
  const browser = await signedInAs(await createMember(tenant));
  const refused = (await ask(browser, tenant.slug)).profile.update({ ...chosen, ...wrong });
  const [field, reasons] = Object.entries(fields)[0] ?? [];
  await expect(refused).rejects.toMatchObject({ cause: { issues: [{ path: [field], message: reasons?.[0] }] } });
});

test("a profile is read and written in one's own tenant only", async () => {
  const [one, two] = [await createTenant(), await createTenant()];
  const browser = await signedInAs(await createMember(one));
  await expect((await ask(browser, two.slug)).profile.read()).rejects.toThrow("not_found");
  await expect((await ask(browser, two.slug)).profile.update(chosen)).rejects.toThrow("not_found");
});
