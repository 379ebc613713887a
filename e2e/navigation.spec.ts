import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";
const main = (page: Page) => page.getByRole("navigation", { name: "Navigation principale" });
const settings = (page: Page) => page.getByRole("navigation", { name: "Navigation des réglages" });

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false, viewport: { width: 1366, height: 768 } });

  test("all that an admin may open is in sight on a laptop: work first, the settings one step away", async ({
    page,
    signIn,
  }) => {
    await signIn("admin");
    await page.goto(`${shop}/tickets`);
    await expect(main(page).getByRole("link", { name: /^Tickets/ })).toHaveAttribute("aria-current", "page");
    expect(await hiddenOf(main(page))).toBe(0);
    await expect(main(page).getByRole("link", { name: "Membres" })).toHaveCount(0);

    await main(page).getByRole("link", { name: "Réglages" }).click();
    await expect(page).toHaveURL(`${shop}/settings/channels`);
    expect(await hiddenOf(settings(page))).toBe(0);
    await settings(page).getByRole("link", { name: "Réglages des tickets" }).click();
    await expect(page).toHaveURL(`${shop}/settings/tickets/categories`);
    await expect(settings(page).locator("[aria-current=page]")).toHaveText("Réglages des tickets");
    await settings(page).getByRole("link", { name: "Quitter les réglages" }).click();
    await expect(page).toHaveURL(shop);
    await expect(main(page)).toBeVisible();
  });
});

test("an agent has the settings that are theirs; a phone has everything in one drawer", async ({ page, signIn }) => {
  await signIn("agent");
  await page.goto(`${shop}/settings/profile`);
  await expect(settings(page).getByRole("link", { name: "Réponses rapides" })).toBeVisible();
  await expect(settings(page).getByRole("link", { name: "Automatisations" })).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Plus" }).click();
  const drawer = page.getByRole("dialog");
  await expect(drawer.getByRole("link", { name: /^Prospects/ })).toBeVisible();
  await drawer.getByRole("link", { name: "Mes notifications" }).click();
  await expect(page).toHaveURL(`${shop}/settings/notifications`);
  await expect(drawer).toHaveCount(0);
});

/** How many pixels of it one has to scroll for. */
const hiddenOf = (list: ReturnType<typeof main>) =>
  list.evaluate((element) => element.scrollHeight - element.clientHeight);
