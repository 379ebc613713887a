import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";

test("a ticket is opened for a team, goes to another with its category and comes back; a note calls a colleague", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  const subject = `Lustre à redresser ${Date.now()}`;
  await page.goto(`${shop}/tickets/new`);
  await page.getByLabel("Sujet").fill(subject);
  await page.getByLabel("Attribué à").selectOption("Camille Roux");
  await page.getByLabel("Équipe", { exact: true }).selectOption("Réparations");
  await page.getByRole("button", { name: "Ouvrir le ticket" }).click();
  await expect(page.getByRole("heading", { name: subject })).toBeVisible();
  await expect(page.getByLabel("Équipe", { exact: true }).locator("option:checked")).toHaveText("Réparations");

  const note = page.getByRole("textbox", { name: "Note interne" });
  await note.pressSequentially("Le socle est tordu, @nad");
  await expect(page.getByRole("listbox", { name: "Mentionner" }).getByRole("option", { name: /Nadia/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(note).toHaveValue(/@Nadia \S+ $/);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Le socle est tordu, @Nadia/)).toBeVisible();
  await expect(note).toHaveValue("");

  const address = page.url();
  await page.goto(`${shop}/tickets?view=all&q=${encodeURIComponent(subject)}`);
  await page.getByRole("checkbox", { name: new RegExp(subject) }).check();
  const bar = page.getByRole("group", { name: "Changer les tickets sélectionnés" });
  await bar.getByLabel("Équipe…").selectOption("Conseil et vente");
  await bar.getByLabel("Catégorie…").selectOption("atelier");
  await bar.getByRole("button", { name: "Appliquer" }).click();
  await expect(page.getByText("1 ticket modifié")).toBeVisible();
  await page.getByRole("button", { name: "Revenir en arrière" }).click();
  await expect(page.getByText("1 ticket rétabli")).toBeVisible();

  await page.goto(address);
  await expect(page.getByLabel("Équipe", { exact: true }).locator("option:checked")).toHaveText("Réparations");
  await expect(page.getByText("a confié le ticket à l’équipe Conseil et vente (changement groupé)")).toBeVisible();
  await expect(page.getByText("a changé la catégorie en « atelier » (changement groupé)")).toBeVisible();
  await expect(page.getByText(/a confié le ticket à l’équipe Réparations \(/)).toBeVisible();
});
