import type { Page } from "@playwright/test";
import { faultsOf, overflowOf } from "./accessibility.ts";
import type { Customer } from "./customer.ts";
import { newCustomer, takePhone, write } from "./customer.ts";
import { expect, test } from "./fixtures.ts";
import { quietDay } from "./quiet-day.ts";

const shop = "/t/atelier-lumen";
const admin = "Atelier Lumen, admin";
/** What would leave in the last minute of the day leaves with the next. */
const soon = { timeout: 90_000 };

test.setTimeout(240_000);

/** Books the advice in the shop with Camille, at a free time of the day. */
async function book(page: Page, day: string, time: string, { name, phone }: Customer): Promise<void> {
  await page.goto(`${shop}/appointments/new?day=${day}`);
  const service = page.getByLabel("Prestation");
  const advice = await service.locator("option", { hasText: "Conseil en boutique" }).getAttribute("value");
  await service.selectOption(advice);
  await page.getByRole("combobox", { name: /^Avec/ }).first().selectOption({ label: "Camille Roux" });
  await page
    .getByRole("button", { name: `${time} avec Camille Roux` })
    .first()
    .click();
  await expect(page.getByText(/gardé pour vous jusqu’à/)).toBeVisible();
  await page.getByLabel("Nom", { exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Téléphone" }).fill(phone);
  await page.getByRole("button", { name: "Confirmer le rendez-vous" }).click();
  await expect(page.getByText("Le rendez-vous est pris.")).toBeVisible();
}

/** What is due leaves at any hour: this runs at night too. */
async function sendAtAnyHour(page: Page): Promise<void> {
  await page.goto(`${shop}/settings/appointment-messages`);
  const hours = page.locator("form").filter({ has: page.getByRole("button", { name: "Enregistrer les heures" }) });
  await hours.getByLabel("De", { exact: true }).fill("00:00");
  await hours.getByLabel("À", { exact: true }).fill("23:59");
  await hours.getByRole("button", { name: "Enregistrer les heures" }).click();
  await expect(page.getByText("Enregistré.")).toBeVisible();
}

const told = (page: Page) => page.getByRole("list", { name: "Messages au client" });
const line = (page: Page, kind: string) => told(page).getByRole("listitem").filter({ hasText: kind });

test("a customer is told of a booking, answers 1, and hears of the cancellation", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  await sendAtAnyHour(page);
  const customer = newCustomer("Odile");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  await write(phone, "Puis-je passer pour une lampe ?");
  await book(page, quietDay(4, 4), "10:00", customer);
  const appointment = page.url().replace(/\?.*/, "");

  await expect(line(page, "Confirmation")).toContainText("Envoyé", soon);
  await expect(phone.getByRole("log").getByText(/est noté pour jeudi/)).toBeVisible(soon);
  await line(page, "Confirmation").getByRole("link", { name: "Voir le message : Confirmation" }).click();
  const thread = page.getByRole("region", { name: "Messages échangés" });
  await expect(thread.getByRole("link", { name: /\/book\/atelier-lumen\/manage\// })).toBeVisible();
  await expect(thread).toContainText("Répondez 1 pour confirmer");

  await write(phone, "1");
  await page.goto(appointment);
  await expect(page.getByText("Confirmé par le client").first()).toBeVisible(soon);
  await expect(line(page, "Confirmation")).toContainText("Le client a confirmé");

  await page.getByRole("button", { name: "Ne pas envoyer : Rappel de la veille" }).click();
  await expect(line(page, "Rappel de la veille")).toContainText("Non envoyé : retenu par l’équipe");
  await page.getByRole("button", { name: "Envoyer maintenant : Rappel une heure avant" }).click();
  await expect(line(page, "Rappel une heure avant")).toContainText("Envoyé");
  await expect(phone.getByRole("log").getByText(/à tout à l’heure, 10:00/)).toBeVisible(soon);

  await page.goto(`${appointment}?cancel`);
  await page.getByRole("button", { name: "Annuler ce rendez-vous" }).click();
  await expect(phone.getByRole("log").getByText(/est annulé/)).toBeVisible(soon);
  await expect(line(page, "Annulation")).toContainText("Envoyé", soon);
});

test("who waits is offered a time, and takes it by the link without JavaScript, on a phone", async ({
  page,
  signIn,
  otherPage,
  browser,
  baseURL,
}) => {
  await signIn(admin);
  const customer = newCustomer("Ursule");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  await write(phone, "Prévenez-moi si une place se libère.");

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${shop}/appointments/waitlist?add`);
  const form = page.getByRole("form", { name: "Ajouter à la liste d’attente" });
  await form.getByLabel("Nom", { exact: true }).fill(customer.name);
  await form.getByLabel("Téléphone").fill(customer.phone);
  const day = quietDay(4, 6);
  await form.getByLabel("À partir du").fill(day);
  await form.getByLabel("Jusqu’au").fill(day);
  await form.getByRole("button", { name: "Ajouter à la liste" }).click();
  await expect(page.getByText("La personne est sur la liste.")).toBeVisible();
  expect(await overflowOf(page)).toBe(0);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole("link", { name: `Proposer une heure à ${customer.name}` }).click();
  const offer = page.getByRole("region", { name: `Proposer une heure à ${customer.name}` });
  await expect(offer).toBeVisible();
  expect(await overflowOf(page)).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  // What is free on the day they wished for, without leaving it.
  await offer
    .getByRole("button", { name: /^11:00 avec / })
    .first()
    .click();
  await expect(page.getByText(/L’heure est proposée/)).toBeVisible();

  const message = phone.getByRole("log").getByText(/\/offer\//);
  await expect(message).toBeVisible(soon);
  const path = /\/offer\/[\w-]+/.exec((await message.textContent()) ?? "")![0];
  const plain = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    javaScriptEnabled: false,
    locale: "fr-FR",
    viewport: { width: 390, height: 844 },
  });
  const visitor = await plain.newPage();
  await visitor.goto(path);
  await expect(visitor.getByRole("heading", { name: "Une place s’est libérée" })).toBeVisible();
  await visitor.getByRole("button", { name: "Prendre ce rendez-vous" }).click();
  await expect(visitor.getByRole("heading", { name: "C’est noté" })).toBeVisible();
  await expect(visitor.getByRole("link", { name: "Déplacer ou annuler" })).toBeVisible();
  await plain.close();

  await page.goto(`${shop}/appointments/waitlist?show=done`);
  const row = page.getByRole("row").filter({ hasText: customer.name });
  await expect(row).toContainText("Accepté");
  await row.getByRole("link", { name: "Voir le rendez-vous" }).click();
  await expect(line(page, "Confirmation")).toContainText("Envoyé", soon);
});

test("who is removed from the waitlist is put back from the notice that says so, without a script too", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  await signIn(admin);
  const customer = newCustomer("Tiphaine");
  await page.goto(`${shop}/appointments/waitlist?add`);
  const form = page.getByRole("form", { name: "Ajouter à la liste d’attente" });
  await form.getByLabel("Nom", { exact: true }).fill(customer.name);
  await form.getByLabel("Téléphone").fill(customer.phone);
  await form.getByRole("button", { name: "Ajouter à la liste" }).click();
  const remove = (of: Page) => of.getByRole("button", { name: `Retirer ${customer.name}` });
  await remove(page).click();
  const notice = page.getByRole("status").filter({ hasText: "La personne n’est plus sur la liste." });
  await expect(notice).toBeVisible();
  await expect(remove(page)).toHaveCount(0);
  const removed = page.url();
  await notice.getByRole("button", { name: "Annuler" }).click();
  await expect(remove(page)).toBeVisible();

  await page.goto(removed);
  await notice.getByRole("button", { name: "Annuler" }).click();
  await expect(page.getByRole("alert")).toContainText("Il n’y a plus rien à annuler");

  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    javaScriptEnabled: false,
    locale: "fr-FR",
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(`${shop}/appointments/waitlist`);
  await remove(plain).click();
  await plain.getByRole("button", { name: "Annuler" }).click();
  await remove(plain).click();
  await expect(remove(plain)).toHaveCount(0);
  await context.close();
});

test("a business words a message, sees it, and switches one off", async ({ page, signIn }) => {
  await signIn(admin);
  await page.goto(`${shop}/settings/appointment-messages`);
  const summary = page.locator("summary").filter({ hasText: "Après une absence" });
  await expect(summary).toContainText("Désactivé");
  await summary.click();
  const form = page.getByRole("form", { name: "Après une absence" });
  await form.getByLabel("Texte en français").fill("Reprenons date, {{customer.first_name}} : {{nothing}}");
  await form.getByRole("button", { name: /^Enregistrer/ }).click();
  await expect(form.getByText("Un mot entre accolades est inconnu.")).toBeVisible();
  await form.getByLabel("Texte en français").fill("Reprenons date, {{customer.first_name}}.");
  await form.getByRole("button", { name: /^Enregistrer/ }).click();
  await expect(page.getByText("Enregistré.")).toBeVisible();
  await summary.click();
  await expect(form.getByLabel("Texte en français")).toHaveValue("Reprenons date, {{customer.first_name}}.");
  await expect(form).toContainText("Reprenons date, Camille.");
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflowOf(page)).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
  }
});
