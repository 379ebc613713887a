import type { Page } from "@playwright/test";
import { customerPhone, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const manager = "admin";

const row = (page: Page, name: string) => page.getByRole("list").getByRole("link", { name });
const open = async (page: Page, name: string) => {
  await row(page, name).click();
  await expect(page.getByRole("heading", { name, level: 2 }).first()).toBeVisible();
};

test.beforeEach(({ signIn }) => signIn(manager));

test("a conversation is snoozed by keys, taken back, snoozed again, and wakes when its customer writes", async ({
  page,
  baseURL,
}) => {
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour, je rappelle demain.");
  await page.goto(inbox);
  await open(page, phone.name);
  const snooze = async () => {
    await page.keyboard.press("s");
    await page.getByRole("menuitem", { name: "Demain matin, 9 h" }).click();
    await expect(page.getByText(/^En attente jusqu’au/).first()).toBeVisible();
    await expect(row(page, phone.name)).toHaveCount(0);
  };
  await snooze();
  await page.getByRole("button", { name: "Annuler" }).first().click();
  await expect(row(page, phone.name)).toBeVisible();
  await expect(thread(page).getByText(/^Annulé par/)).toBeVisible();

  await snooze();
  await page.getByRole("link", { name: "En attente", exact: true }).click();
  await expect(row(page, phone.name)).toBeVisible();
  await phone.write("Finalement je peux maintenant.");
  await expect(row(page, phone.name)).toHaveCount(0);
  await page.getByRole("link", { name: /^Toutes \d/ }).click();
  await expect(row(page, phone.name)).toBeVisible();
});

test("labels are made, put on by key, shown on the row, filtered by, and the filter is kept as a view", async ({
  page,
  baseURL,
}) => {
  const phone = await customerPhone(page, baseURL);
  const label = `Garantie ${Date.now() % 100_000}`;
  await phone.write("Ma lampe est encore sous garantie ?");
  await page.goto("/t/atelier-lumen/settings/labels");
  await page.getByRole("textbox", { name: "Nom", exact: true }).fill(label);
  await page.getByRole("button", { name: "Créer le libellé" }).click();
  await expect(page.getByRole("textbox", { name: `Nom du libellé ${label}` })).toBeVisible();

  await page.goto(inbox);
  await open(page, phone.name);
  await page.keyboard.press("l");
  await page.getByRole("menuitemcheckbox", { name: label }).click();
  const item = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: phone.name }) });
  await expect(item.getByText(label)).toBeVisible();

  await page.keyboard.press("f");
  await page.getByRole("menuitem", { name: label }).click();
  await expect(page).toHaveURL(/label=/);
  await expect(row(page, phone.name)).toBeVisible();
  await page.getByText("Enregistrer la vue").click();
  await page.getByRole("form", { name: "Enregistrer ces filtres sous un nom" }).getByRole("textbox").fill(label);
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  const view = page.getByRole("link", { name: new RegExp(`^${label}`) });
  await expect(view.first()).toContainText("1");
});

test("who is blocked writes without a sound, is read under spam, and is heard again once unblocked", async ({
  page,
  baseURL,
}) => {
  const phone = await customerPhone(page, baseURL);
  await phone.write("Gagnez un million");
  await page.goto(inbox);
  await open(page, phone.name);
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Bloquer cette personne" }).click();
  await expect(page.getByText(/^Cette personne est bloquée/)).toBeVisible();
  await expect(row(page, phone.name)).toHaveCount(0);
  await phone.write("Dernière chance");
  await expect(thread(page).getByText("Dernière chance")).toBeVisible();
  await expect(row(page, phone.name)).toHaveCount(0);
  await page.getByRole("link", { name: "Indésirables" }).click();
  await open(page, phone.name);
  await page.getByRole("button", { name: "Débloquer" }).click();
  await expect(row(page, phone.name)).toHaveCount(0);
  await page.getByRole("link", { name: /^Toutes \d/ }).click();
  await phone.write("Pardon, c’était une erreur");
  await expect(row(page, phone.name)).toBeVisible();
});
