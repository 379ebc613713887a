import { customerPhone, said } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

test("an agent writes a reply of their own, uses it, and completes what nobody knows before it may leave", async ({
  page,
  signIn,
  baseURL,
}) => {
  await signIn("agent");
  const shortcut = `visite-${String(Date.now()).slice(-6)}`;
  await page.goto("/t/atelier-lumen/settings/quick-replies");
  await page.getByText("Nouvelle réponse rapide").click();
  const form = page.getByRole("form", { name: "Nouvelle réponse rapide" });
  await form.getByLabel("Raccourci").fill(shortcut);
  await form.getByLabel("Texte").fill("Bonjour {{customer.first_name}}, nous passons à ");
  await form.getByRole("button", { name: "ville du client" }).click();
  await form.getByRole("button", { name: "Créer" }).click();
  // Whoever goes on before the answer has left the form: the search would be asked first.
  await expect(page.getByText(`/${shortcut}`)).toBeVisible();
  await page.getByRole("searchbox", { name: "Raccourci, texte ou catégorie" }).fill(shortcut);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`/${shortcut}`)).toBeVisible();
  await expect(page.getByText("à vous", { exact: true })).toBeVisible();

  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour");
  await page.goto("/t/atelier-lumen/inbox");
  await page.getByRole("link", { name: phone.name }).click();
  const field = page.getByRole("textbox", { name: "Répondre" });
  await field.fill(`/${shortcut}`);
  await expect(page.getByRole("option", { name: new RegExp(shortcut) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("Bonjour Agathe, nous passons à {{customer.city}}");
  await expect(page.getByText("À compléter avant l’envoi : {{customer.city}}")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Envoyer/ }).last()).toBeDisabled();
  await field.fill("Bonjour Agathe, nous passons à Lyon");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "nous passons à Lyon").getByText(/distribué/)).toBeVisible();

  await page.goto(`/t/atelier-lumen/settings/quick-replies?q=${shortcut}`);
  await expect(page.getByText("1 fois")).toBeVisible();
  await page.getByText(`/${shortcut}`).click();
  await page.getByRole("button", { name: "Supprimer" }).click();
  await expect(page.getByText(`/${shortcut}`)).toHaveCount(0);
});
