import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** The log of the demo's first business. */
export const logs = "/t/atelier-lumen/logs";
/** The event that is open. */
export const event = (page: Page) => page.getByRole("article", { name: "Détail de l’événement" });
/** What its page offers to do. */
export const steps = (page: Page) => event(page).getByRole("region", { name: "Ce que vous pouvez faire" });

/** Looks for the customer as one would, in the log's own search. */
export async function findEvent(page: Page, search: string, reason: string): Promise<void> {
  await page.goto(`${logs}?period=7d`);
  await page.getByRole("searchbox", { name: "Identifiant, téléphone, nom…" }).fill(search);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]q=/);
  const row = page.getByRole("table", { name: "Journal des webhooks" }).locator("tbody tr");
  await row
    .filter({ has: page.locator(`[title="${reason}"]`) })
    .first()
    .getByRole("link")
    .click();
  await expect(event(page)).toContainText(reason);
}

/** Replays the event until it became work: the page tells when. */
export async function replay(page: Page): Promise<void> {
  await event(page).getByRole("button", { name: "Rejouer" }).click();
  await expect(event(page).locator("header").getByText("Traité", { exact: true })).toBeVisible();
}

/** Follows the event to the message that it made. */
export async function readInInbox(page: Page, text: string): Promise<void> {
  await event(page).getByRole("link", { name: "Message", exact: true }).click();
  await expect(page).toHaveURL(/\/inbox\//);
  await expect(page.getByText(text).last()).toBeVisible();
}

/** Waits until what was posted became work, as one reloads a page until it says so. */
export async function findEventThatWorked(page: Page, search: string): Promise<void> {
  const done = page.getByRole("table").locator("tbody tr").filter({ hasText: "Traité" }).first();
  await expect(async () => {
    await page.goto(`${logs}?${new URLSearchParams({ period: "7d", q: search })}`);
    await expect(done).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await done.getByRole("link").click();
  await expect(event(page)).toBeVisible();
}
