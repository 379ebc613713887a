import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import { connectChannel } from "./connect-channel.ts";
import { changeAtProvider, knownAs, newCustomer } from "./customer.ts";
import { expect, test } from "./fixtures.ts";
import { databaseIn } from "./program.ts";

const shop = "/t/atelier-lumen";
const folder = process.env.GUICHET_TEST_DATA ?? "";
const revoke = "Révoquer le jeton d’accès";

/** What was laid down for Camille about something with this name, in the order of what it says. */
async function mailsAbout(name: string): Promise<string[]> {
  const laidDown = join(folder, "mail");
  const files = existsSync(laidDown) ? readdirSync(laidDown).filter((file) => file.endsWith(".eml")) : [];
  const mails = await Promise.all(files.map((file) => simpleParser(readFileSync(join(laidDown, file)))));
  return mails.flatMap(({ subject, to, text }) =>
    JSON.stringify(to).includes("camille@") && text?.includes(name) ? [`${subject}\n${text}`] : [],
  );
}

/** Mails wait a minute for each other, and an end until it has lasted one: here it passes at once. */
async function aMinutePasses(): Promise<void> {
  const sql = databaseIn(folder);
  await sql`update alerts set resolved_at = resolved_at - interval '1 minute' where resolved_at is not null`;
  await sql`update alert_mails set due_at = due_at - interval '1 minute' where status = 'owed'`;
  await sql.end();
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  await page.keyboard.press("Control+Enter");
}

test("a channel that stops working is an alert that is seen, mailed, mended, and mailed as over", async ({
  page,
  signIn,
  otherPage,
}) => {
  if (!folder) throw new Error("the program's folder is not known: leave GUICHET_URL out");
  await signIn("Atelier Lumen, admin");
  const customer = newCustomer("Albane");
  const name = `SMS ${customer.name}`;
  const { channelId, path } = await connectChannel(page, { provider: "twilio", name });
  const phone = await otherPage("Atelier Lumen, agent");
  await phone.goto(
    `/simulator?${new URLSearchParams({ line: channelId, phone: customer.phone, name: customer.name })}`,
  );
  await phone.getByLabel("Message", { exact: true }).fill("Bonjour de l’atelier");
  await phone.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(phone.getByRole("log").getByText("Bonjour de l’atelier")).toBeVisible();
  await changeAtProvider(phone, revoke);

  await page.goto(`${shop}/alerts`);
  const open = page.getByRole("region", { name: "En cours" }).getByRole("listitem").filter({ hasText: name });
  await expect(open).toHaveCount(0);
  const colleague = await otherPage("Atelier Lumen, agent");
  await colleague.goto(`${shop}/inbox`);
  await colleague
    .getByRole("link", { name: knownAs(customer) })
    .first()
    .click();
  await answer(colleague, "Nous regardons cela.");
  await expect(open).toContainText("ne fonctionne plus");
  await page.goto(shop);
  await expect(page.getByRole("region", { name: "Alertes" })).toContainText(name);
  await aMinutePasses();
  await expect.poll(() => mailsAbout(name)).toHaveLength(1);
  const [told] = await mailsAbout(name);
  expect(told).toContain("ceci demande votre attention");
  expect(told).toContain(`${shop}/settings/channels/${channelId}`);

  await changeAtProvider(phone, revoke);
  await page.goto(path);
  await page.getByRole("button", { name: "C’est réglé, réessayer" }).click();
  await page.goto(`${shop}/alerts`);
  await expect(open).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Terminées" })).toContainText(name);
  await aMinutePasses();
  await expect.poll(() => mailsAbout(name)).toHaveLength(2);
  expect((await mailsAbout(name)).join("\n")).toContain("ceci est rentré dans l’ordre");
});

test("alerts are their admins' alone", async ({ page, signIn }) => {
  await signIn("Atelier Lumen, agent");
  expect((await page.goto(`${shop}/alerts`))?.status()).toBe(403);
  await page.goto(shop);
  await expect(page.getByRole("link", { name: /^Alertes/ })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Alertes" })).toHaveCount(0);
});
