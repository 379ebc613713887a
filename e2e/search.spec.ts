import type { Page } from "@playwright/test";
import { colourRules, faultsOf, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";

/** A word that customers of the demo say, and how somebody in a hurry types it. */
const said = "suspension";
const typed = "suspention";

async function openPalette(page: Page) {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Recherche rapide" })).toBeVisible();
  return page.getByRole("combobox");
}

test("by keyboard, from any page to a conversation by a mistyped word of a message", async ({ page, signIn }) => {
  await signIn();
  await page.goto(shop);
  const field = await openPalette(page);
  await field.pressSequentially(typed);
  const conversations = page.getByRole("group", { name: "Conversations" });
  await expect(conversations.getByRole("option").first()).toContainText(new RegExp(said, "i"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbox\/[0-9a-f-]{36}/);
  await expect(page.getByText(new RegExp(said, "i")).first()).toBeVisible();
});

test("everything that was found stands on a page of its own, narrowed in its address, on a phone too", async ({
  page,
  signIn,
}) => {
  await signIn();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(shop);
  const field = await openPalette(page);
  await field.fill("applique");
  await page.getByRole("option", { name: "Chercher « applique » partout" }).click();
  await expect(page).toHaveURL(/\/search\?q=applique/);
  const results = page.getByRole("list", { name: "Résultats" });
  await expect(results.getByRole("listitem").first()).toBeVisible();
  await expect(results.locator("mark").first()).toHaveText(/applique/i);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await faultsOf(page, colourRules)).toEqual([]);
  await page
    .getByRole("link", { name: /^Tickets/ })
    .first()
    .click();
  await expect(page).toHaveURL(/kind=tickets/);
  await page.getByRole("link", { name: "12 derniers mois" }).click();
  await expect(page).toHaveURL(/days=365/);
  await page.goBack();
  await expect(page).not.toHaveURL(/days=/);
  await page.getByRole("searchbox", { name: "Chercher dans tout" }).fill("xylophoniste");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Rien pour « xylophoniste »" })).toBeVisible();
});

test("what the page can do stands in the palette and in the help, and nothing else does", async ({ page, signIn }) => {
  await signIn();
  await page.goto(`${shop}/tickets?view=all`);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Raccourcis clavier" });
  await expect(help.getByText("Élément suivant")).toBeVisible();
  await expect(help.getByText("Résoudre")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await page.keyboard.press("j");
  await expect(page.locator("tbody a:focus")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tickets\/\d+/);
  await expect(page.getByRole("heading", { name: /#\d+ / })).toBeVisible();
  const field = await openPalette(page);
  await field.fill("note");
  const action = page.getByRole("group", { name: "Sur cette page" }).getByRole("option").first();
  await expect(action).toBeVisible();
  await action.click();
  await expect(page.locator("textarea:focus")).toHaveAccessibleName(/^Note/);
  // Keys are written there, and do nothing.
  await page.keyboard.type("jk?");
  await expect(page.locator("textarea:focus")).toHaveValue(/jk\?$/);
});

test("single keys are switched off in the profile; ⌘K stays", async ({ page, signIn }) => {
  await signIn();
  await page.goto(`${shop}/settings/profile`);
  await page.getByRole("switch", { name: /Raccourcis d’une seule touche/ }).uncheck();
  await page.goto(`${shop}/tickets`);
  await page.keyboard.press("?");
  // Nothing opened in between.
  await openPalette(page);
  await expect(page.getByRole("dialog")).toHaveCount(1);
});
