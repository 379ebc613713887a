import { newCustomer, takePhone } from "./customer.ts";
import { expect, test } from "./fixtures.ts";
import { newDigits } from "./numbers.ts";

const channels = "/t/atelier-lumen/settings/channels";

test("an admin connects a channel step by step, tests it, pauses it and takes it away", async ({ page, signIn }) => {
  await signIn("Atelier Lumen, admin");
  await page.goto(`${channels}/new`);
  await page.getByRole("radio", { name: /Twilio/ }).check();
  const last = newDigits();
  const name = `SMS chantier ${last}`;
  const number = `+33 1 99 00 ${last.slice(0, 2)} ${last.slice(2)}`;
  await page.getByLabel("Nom du canal").fill(name);
  await page.getByRole("button", { name: "Commencer" }).click();

  await page.getByLabel("Account SID").fill("ACfaux");
  await page.getByRole("button", { name: "Continuer" }).click();
  await expect(page.getByText("Cette valeur n’a pas la bonne forme")).toBeVisible();
  await expect(page.getByText("Ce champ est obligatoire")).toBeVisible();
  await page.getByLabel("Account SID").fill("AC0123456789abcdef0123456789abcdef");
  await page.getByLabel("Auth Token").fill("jeton-plante-0123456789");
  await page.getByLabel("Numéro Twilio").fill(number);
  await page.getByRole("button", { name: "Continuer" }).click();

  await expect(page.getByText(/\/webhooks\/twilio\/[\w-]{40,}/)).toBeVisible();
  const address = page.url();
  await page.goto(channels);
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText(number);
  await page.goto(address);
  await page.getByRole("button", { name: "C’est fait, passer au test" }).click();
  await page.getByRole("button", { name: "Lancer le test" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Un événement signé est arrivé" })).toContainText("Réussi");
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("radio", { name: "Pour chaque nouvelle conversation" }).check();
  await page.getByRole("button", { name: "Terminer" }).click();

  await expect(page.getByRole("radio", { name: "Pour chaque nouvelle conversation" })).toBeChecked();
  expect(await page.content()).not.toContain("jeton-plante");
  await page.getByRole("button", { name: "Mettre en pause" }).click();
  await expect(page.getByText("En pause", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remettre en service" }).click();
  await expect(page.getByRole("button", { name: "Mettre en pause" })).toBeVisible();
  await page.getByRole("button", { name: "Supprimer ce canal" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Supprimer ce canal" }).click();
  await expect(page).toHaveURL(new RegExp(`${channels}$`));
  await expect(page.getByText(name)).toHaveCount(0);
});

test("a number that is connected elsewhere is refused without saying by whom", async ({ page, signIn }) => {
  await signIn("Harlow Studio");
  await page.goto("/t/harlow-studio/settings/channels");
  await page.getByRole("link", { name: "WhatsApp studio" }).click();
  const taken = await page.locator("input[name=phone_number_id]").inputValue();
  await page.context().clearCookies();
  await signIn("Atelier Lumen, admin");
  await page.goto(channels);
  await page.getByRole("link", { name: "WhatsApp boutique" }).click();
  await page.locator("input[name=phone_number_id]").fill(taken);
  await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
  await expect(page.getByText("déjà connecté ailleurs")).toBeVisible();
  expect(await page.content()).not.toContain("Harlow");
});

test("the customer writes, the business answers, the ticks come back, and nobody reloads", async ({
  page,
  signIn,
  otherPage,
}) => {
  const customer = newCustomer("Client");
  await takePhone(page, customer, /WhatsApp boutique/);
  await page.getByRole("textbox", { name: "Message" }).fill("Bonjour, réparez-vous les abat-jour ?");
  await page.getByRole("button", { name: "Envoyer" }).click();
  const phone = page.getByRole("log");
  await expect(phone.getByRole("article").filter({ hasText: "abat-jour" })).toContainText("distribué");

  await signIn("Atelier Lumen, agent");
  const agent = await otherPage("Atelier Lumen, agent");
  await agent.goto("/t/atelier-lumen/inbox");
  await agent.getByRole("link", { name: customer.name }).click();
  await agent.getByRole("textbox", { name: /Répondre/ }).fill("Oui, en une semaine.");
  await agent.keyboard.press("Control+Enter");
  await expect(phone.getByRole("article").filter({ hasText: "Oui, en une semaine." })).toContainText("lu");
  await expect(agent.getByText("Oui, en une semaine.").last()).toBeVisible();
});
