import { expect, test } from "./fixtures.ts";
import { newDigits } from "./numbers.ts";

const shop = "/t/atelier-lumen";

test("a customer who asks for it is erased, with numbers shown before, and what is left names nobody", async ({
  page,
  signIn,
}) => {
  const last = newDigits();
  const name = `Personne ${last}`;
  await signIn("Atelier Lumen, admin");
  await page.goto(`/simulator?${new URLSearchParams({ phone: `+3363998${last}`, name })}`);
  await page.getByRole("textbox", { name: "Message" }).fill("Oubliez-moi ensuite");
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.goto(`${shop}/logs`);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Traité");
  await row.getByRole("link").click();
  const detail = page.getByRole("article", { name: "Détail de l’événement" });
  await expect(detail).toContainText("Oubliez-moi ensuite");
  const event = page.url();

  await page.goto(`${shop}/customers?${new URLSearchParams({ q: name })}`);
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("link", { name: "Effacer…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Effacer ${name}` })).toBeVisible();
  await expect(page.getByText("L’adresse de 1 conversation")).toBeVisible();
  await page.getByRole("button", { name: "Effacer définitivement" }).click();
  await expect(page.getByText("Il ne reste que des chiffres.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Effacer…" })).toHaveCount(0);

  await page.goto(event);
  await expect(detail).toContainText("Le client dont parlait cet événement a été effacé");
  await expect(detail).not.toContainText("Oubliez-moi ensuite");
  await page.goto(`${shop}/customers?${new URLSearchParams({ q: name })}`);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("a shorter log says what it would remove before it does, an agent may not choose", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn("Atelier Lumen, admin");
  await page.goto(`${shop}/logs/retention`);
  await page.getByRole("spinbutton", { name: "Durée en jours" }).fill("3");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Choisissez un nombre entier de jours")).toBeVisible();
  await page.getByRole("spinbutton", { name: "Durée en jours" }).fill("7");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("On ne peut pas revenir en arrière.")).toBeVisible();
  await page.getByRole("link", { name: "Ne rien changer" }).click();
  await page.getByRole("spinbutton", { name: "Durée en jours" }).fill("90");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Durée enregistrée.")).toBeVisible();
  await page.goto(`${shop}/logs`);
  await expect(page.getByRole("link", { name: "Gardé 90 jours" })).toBeVisible();

  const agent = await otherPage("Atelier Lumen, agent");
  await agent.goto(`${shop}/logs/retention`);
  await expect(agent.getByRole("spinbutton")).toHaveCount(0);
});
