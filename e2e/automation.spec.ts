import type { Page } from "@playwright/test";
import { customerPhone } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";
import { newDigits } from "./numbers.ts";

const rules = "/t/atelier-lumen/settings/automation";

test("a rule is written, tried on the past, turned on, set off by a customer, and its log tells of it", async ({
  page,
  signIn,
  baseURL,
}) => {
  await signIn("admin");
  // What an attempt before this one wrote is of the past as well.
  const word = `coffretperdu${newDigits()}`;
  const name = `Règle de ${word}`;
  const phone = await customerPhone(page, baseURL);
  await phone.write(`Bonjour, ${word} depuis mardi`);
  await page.goto(rules);
  await page.getByRole("link", { name: "Nouvelle règle" }).click();
  await page.getByLabel("Nom de la règle").fill(name);
  await page.getByRole("combobox", { name: "Quand" }).selectOption("un client écrit");
  await addCondition(page, "les mots");
  const condition = page.getByRole("group", { name: "Condition 1" });
  await condition.getByRole("textbox").fill(`${word}, coffretvole`);
  await addAction(page, "ouvrir un ticket");
  await addAction(page, "changer la priorité");
  await page.getByRole("group", { name: "Action 2" }).getByRole("combobox").selectOption("Urgente");
  // What was typed outlives the rows that come and go.
  await expect(condition.getByRole("textbox")).toHaveValue(`${word}, coffretvole`);

  const past = page.getByRole("region", { name: "Essayer sur le passé" });
  await expect(async () => {
    await past.getByRole("button", { name: "Essayer sur 7 jours" }).click();
    await expect(past.getByRole("status")).toContainText("La règle aurait agi 1 fois", { timeout: 2_000 });
  }).toPass();
  await expect(past.getByRole("listitem").filter({ hasText: phone.name })).toContainText("Priorité");

  await page.getByRole("button", { name: "Enregistrer la règle" }).click();
  const rule = page.getByRole("listitem").filter({ hasText: name });
  await expect(rule).toContainText("Éteinte");
  await rule.getByRole("button", { name: `Allumer la règle « ${name} »` }).click();
  await expect(rule).toContainText("En marche");

  await phone.write(`Toujours ${word} !`);
  await rule.getByRole("link", { name: /Journal/ }).click();
  const run = page.getByRole("listitem").filter({ hasText: phone.name });
  await expect(run).toContainText("A agi");
  await expect(run).toContainText("Urgente");
  await run.getByRole("link", { name: /Ticket n°/ }).click();
  await page.getByRole("link", { name: "Historique" }).click();
  await expect(page.getByText(`La règle « ${name} »`).first()).toBeVisible();
});

test("nobody but an admin sees the rules", async ({ page, signIn }) => {
  await signIn("agent");
  const answer = await page.goto(rules);
  expect(answer?.status()).toBe(403);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("rows come and go, and what is wrong stands beside its row", async ({ page, signIn }) => {
    await signIn("admin");
    await page.goto(`${rules}/new`);
    await addCondition(page, "la priorité du ticket");
    await addCondition(page, "l’heure");
    await page.getByRole("button", { name: "Retirer la condition 2" }).click();
    await page.getByRole("button", { name: "Enregistrer la règle" }).click();
    await expect(page.getByRole("group", { name: "Condition 1" }).locator(".text-bad")).toBeVisible();
    await expect(page.getByText("Ajoutez au moins une chose à faire.")).toBeVisible();
    await expect(page.getByRole("group", { name: "Condition 2" })).toHaveCount(0);
  });
});

async function addCondition(page: Page, what: string): Promise<void> {
  const before = await page.getByRole("group", { name: /^Condition/ }).count();
  await page.getByRole("combobox", { name: "Nouvelle condition" }).selectOption(what);
  await page.getByRole("button", { name: "Ajouter la condition" }).click();
  await expect(page.getByRole("group", { name: /^Condition/ })).toHaveCount(before + 1);
}

async function addAction(page: Page, what: string): Promise<void> {
  const before = await page.getByRole("group", { name: /^Action/ }).count();
  await page.getByRole("combobox", { name: "Nouvelle action" }).selectOption(what);
  await page.getByRole("button", { name: "Ajouter l’action" }).click();
  await expect(page.getByRole("group", { name: /^Action/ })).toHaveCount(before + 1);
}
