import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import type { ProviderName } from "#server/providers/contract.ts";

export interface Connection {
  provider: ProviderName;
  /** What the channel is called; unlike any other of the tenant. */
  name: string;
  /** Typed over what the stand-in's account was made up with, by the credential's name. */
  credentials?: Readonly<Record<string, string>>;
  tenant?: string;
}

export interface ConnectedChannel {
  channelId: string;
  /** Its page, under Settings › Channels. */
  path: string;
}

/**
 * Connects a channel from nothing by guided set-up, carried by its stand-in: choose, credentials, webhook,
 * a test of which every line must pass, routing. Whoever is signed in must be an admin of the tenant. Ends
 * on the channel's page.
 */
export async function connectChannel(page: Page, connection: Connection): Promise<ConnectedChannel> {
  const channel = await beginChannel(page, connection);
  if (connection.credentials) await typeCredentials(page, channel, connection.credentials);
  const onward = page.getByRole("button", { name: "C’est fait, passer au test" });
  const test = page.getByRole("button", { name: "Lancer le test" });
  await expect(onward.or(test)).toBeVisible();
  // A mailbox is read: nothing has to be entered at its host.
  if (await onward.isVisible()) await onward.click();
  await passTest(page);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByRole("heading", { name: "Repères" })).toBeVisible();
  return channel;
}

/** The first step: which provider, which name, and a made-up account there. Ends on the step after the credentials. */
export async function beginChannel(
  page: Page,
  { provider, name, tenant = "atelier-lumen" }: Connection,
): Promise<ConnectedChannel> {
  const list = `/t/${tenant}/settings/channels`;
  await page.goto(`${list}/new`);
  await page.locator(`input[name=provider][value=${provider}]`).check();
  await page.getByLabel("Nom du canal").fill(name);
  await page.getByRole("checkbox", { name: "Essayer avec un numéro simulé" }).check();
  await page.getByRole("button", { name: "Commencer" }).click();
  await expect(page).toHaveURL(new RegExp(`${list}/[0-9a-f-]{36}$`));
  const path = new URL(page.url()).pathname;
  return { channelId: path.slice(path.lastIndexOf("/") + 1), path };
}

/** Goes back to the credentials, types these and goes on. */
export async function typeCredentials(
  page: Page,
  { path }: ConnectedChannel,
  credentials: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto(`${path}?step=credentials`);
  const folded = page.locator("form#credentials details:not([open]) > summary");
  if ((await folded.count()) > 0) await folded.click();
  for (const [name, value] of Object.entries(credentials)) {
    const field = page.locator(`form#credentials [name="${name}"]`);
    if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
  const answered = credentialsTaken(page);
  await page.getByRole("button", { name: "Continuer" }).click();
  expect((await answered).status()).toBeLessThan(400);
  await page.goto(path);
}

/** The answer to credentials that are entered: pages post other things by themselves. */
export const credentialsTaken = (page: Page) =>
  page.waitForResponse((answer) => answer.request().postData()?.includes("intent=connect") ?? false);

/** Runs the checklist until all of it passes: a mailbox is read a moment after it was connected. */
export async function passTest(page: Page): Promise<void> {
  await expect(async () => {
    await page.getByRole("button", { name: /Lancer le test|Relancer le test/ }).click();
    await expect(page.getByText("Tout est en ordre.")).toBeVisible({ timeout: 8_000 });
  }).toPass();
}
