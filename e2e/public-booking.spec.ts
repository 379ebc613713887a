import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Look } from "./accessibility.ts";
import { expectForEverybody, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { newPhone } from "./numbers.ts";
import { quietDay } from "./quiet-day.ts";

const shop = "/book/atelier-lumen";
const ways: Look[] = ["at a desk", "on a phone in the dark"];
const settings = "/t/atelier-lumen/settings/booking";

/** A browser without JavaScript, as somebody who is not signed in has it. */
async function openPlain(browser: Browser, baseURL: string | undefined, how = {}): Promise<BrowserContext> {
  return browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: false, locale: "fr-FR", ...how });
}

const ofService = /\/book\/atelier-lumen\/[0-9a-f-]{36}$/;
const word = () => Date.now().toString(36);

/** From the services to the details, at a time of a day. */
async function chooseTime(page: Page, service: string, day: string, time: string): Promise<void> {
  await page.goto(shop);
  await page.getByRole("link", { name: `Choisir ${service}` }).click();
  await page.waitForURL(ofService);
  await page.goto(`${new URL(page.url()).pathname}?from=${day}`);
  const ofDay = page.getByRole("group", { name: new RegExp(` ${Number(day.slice(8))} `) }).first();
  await ofDay.getByRole("button", { name: new RegExp(`, ${time}$`) }).click();
  await expect(page.getByText(/gardé pour vous jusqu’à/)).toBeVisible();
}

/** Nobody fills a form in two seconds but a program: who is taken for one sends it again, and nothing is lost. */
async function confirm(page: Page, name: string, there: RegExp): Promise<void> {
  const button = page.getByRole("button", { name });
  await button.click();
  const taken = page.getByText("Cela ressemble à l’envoi d’un robot");
  await expect(async () => {
    // It may have come through since one looked.
    if (await taken.isVisible()) await button.click({ timeout: 1_000 });
    await expect(page).toHaveURL(there, { timeout: 1_000 });
  }).toPass();
}

async function book(page: Page, name: string): Promise<string> {
  await page.getByLabel("Nom", { exact: true }).fill(name);
  await page.getByLabel("Téléphone").fill(newPhone());
  await page.getByLabel(/Quelque chose à savoir/).fill("Avec un plan du salon");
  await confirm(page, "Confirmer le rendez-vous", /\/manage\//);
  await expect(page.getByRole("heading", { name: "C’est réservé" })).toBeVisible();
  return page.getByRole("textbox", { name: "Le lien de votre rendez-vous" }).inputValue();
}

for (const [where, how] of [
  ["at a desk", {}],
  ["on a phone", { viewport: { width: 390, height: 844 }, isMobile: true }],
] as const) {
  test(`without JavaScript, ${where}: booked, moved by its link, and cancelled by it`, async ({ browser, baseURL }) => {
    const context = await openPlain(browser, baseURL, how);
    const page = await context.newPage();
    const day = quietDay(3, 6);
    const [time, later] = where === "at a desk" ? ["10:30", "15:30"] : ["11:30", "17:00"];
    await chooseTime(page, "Conseil en boutique", day, time!);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    const link = await book(page, `Agathe ${word()}`);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);

    // Whoever has the link alone.
    const other = await (await openPlain(browser, baseURL, how)).newPage();
    await other.goto(link);
    await expect(other.getByText("Avec un plan du salon")).toBeVisible();
    await other.getByRole("link", { name: "Déplacer" }).click();
    await expect(other.getByRole("heading", { name: "Déplacer votre rendez-vous" })).toBeVisible();
    await other.goto(`${link}/move?from=${day}`);
    await other
      .getByRole("button", { name: new RegExp(`, ${later}$`) })
      .first()
      .click();
    await expect(other.getByRole("heading", { name: "C’est déplacé" })).toBeVisible();
    await expect(other.getByText(new RegExp(`${later}–`))).toBeVisible();

    // The first link leads to the new time.
    await page.goto(link);
    await expect(page.getByText("Votre rendez-vous a été déplacé")).toBeVisible();
    await expect(page.getByText(new RegExp(`${later}–`))).toBeVisible();
    await page.getByRole("link", { name: "Annuler" }).click();
    await page.getByLabel(/^Pourquoi/).fill("Je suis souffrante");
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "Annuler ce rendez-vous" }).click();
    await expect(page.getByRole("heading", { name: "Ce rendez-vous est annulé" })).toBeVisible();
    await other.goto(`${link}/cancel`);
    await expect(other.getByRole("heading", { name: "Ce rendez-vous est annulé" })).toBeVisible();
    await other.context().close();
    await context.close();
  });
}

test("who is too late is told so, loses nothing they wrote, and books what is free instead", async ({
  browser,
  baseURL,
}) => {
  const day = quietDay(1, 4);
  const [first, second] = await Promise.all([openPlain(browser, baseURL), openPlain(browser, baseURL)]);
  const [slow, quick] = [await first.newPage(), await second.newPage()];
  const name = `Basile ${word()}`;
  await chooseTime(slow, "Pose à domicile", day, "09:00");
  // They choose another time, and somebody comes for the one that they gave back.
  const details = slow.url();
  await slow.getByRole("link", { name: "Autre horaire" }).click();
  await slow.waitForURL(({ pathname }) => ofService.test(pathname));
  await slow.goto(`${new URL(slow.url()).pathname}?from=${day}`);
  await slow
    .getByRole("button", { name: /, 13:30$/ })
    .first()
    .click();
  await chooseTime(quick, "Pose à domicile", day, "09:00");
  await book(quick, `Clarisse ${word()}`);

  await slow.goto(details);
  await slow.getByLabel("Nom", { exact: true }).fill(name);
  await slow.getByLabel("Téléphone").fill(newPhone());
  const refusal = slow.getByRole("alert").filter({ hasText: "vient d’être pris" });
  await expect(async () => {
    if (!(await refusal.isVisible())) await slow.getByRole("button", { name: "Confirmer le rendez-vous" }).click();
    await expect(refusal).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(slow.getByLabel("Nom", { exact: true })).toHaveValue(name);
  await refusal.getByRole("button").first().click();
  await expect(slow.getByText(/gardé pour vous jusqu’à/)).toBeVisible();
  await expect(slow.getByLabel("Nom", { exact: true })).toHaveValue(name);
  await confirm(slow, "Confirmer le rendez-vous", /\/manage\//);
  await expect(slow.getByRole("heading", { name: "C’est réservé" })).toBeVisible();
  await Promise.all([first.close(), second.close()]);
});

test("the steps are for everybody, in both languages, and name the visitor's own time", async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    locale: "en-GB",
    timezoneId: "America/New_York",
  });
  const page = await context.newPage();
  await page.goto(shop);
  await expect(page.getByRole("heading", { name: "What would you like to book?" })).toBeVisible();
  await page.getByRole("link", { name: "Choose Conseil en boutique" }).click();
  await expect(page.getByText("Times are those of Europe/Paris")).toBeVisible();
  await expect(page.getByText("In small, the time it will be where you are (America/New York)")).toBeVisible();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.getByRole("heading", { name: /^Quel horaire/ })).toBeVisible();

  const day = quietDay(3, 6);
  await chooseTime(page, "Dépôt pour réparation", day, "11:00");
  await expect(page.getByText(/Chez vous.*05:00 \(America\/New York\)/)).toBeVisible();
  await expectForEverybody(page, "the details", ways);
  // Enter in a field sends the form, and presses none of its other buttons.
  await page.getByLabel("Nom", { exact: true }).press("Enter");
  await expect(page.getByText("Ce champ est obligatoire.").first()).toBeVisible();
  await book(page, `Delphine ${word()}`);
  await expectForEverybody(page, "what was booked", ways);
  await page.getByRole("link", { name: "Annuler" }).click();
  await expectForEverybody(page, "cancelling", ways);
  await context.close();
});

test("who finds nothing leaves their name on the waiting list; links that are nobody's lead nowhere", async ({
  browser,
  baseURL,
}) => {
  const context = await openPlain(browser, baseURL);
  const page = await context.newPage();
  await page.goto(shop);
  await page.getByRole("link", { name: "Choisir Pose à domicile" }).click();
  await page.getByRole("link", { name: /Être prévenu/ }).click();
  await page.getByLabel("Nom", { exact: true }).fill(`Émile ${word()}`);
  await page.getByLabel("E-mail").fill(`emile.${word()}@clients.example`);
  await confirm(page, "M’inscrire sur la liste d’attente", /wait\?done/);
  await expect(page.getByRole("heading", { name: "Vous êtes sur la liste d’attente" })).toBeVisible();

  expect((await page.goto(`${shop}/manage/${"x".repeat(54)}`))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Ce lien ne mène plus à un rendez-vous" })).toBeVisible();
  // As mail programs cut them.
  for (const [cut, words] of [
    [`${shop}/manage/cut`, "Ce lien ne mène plus à un rendez-vous"],
    ["/offer/cut", "Ce lien ne fonctionne pas"],
    ["/s/cut", "Ce lien ne fonctionne plus"],
  ] as const) {
    expect((await page.goto(cut))?.status(), cut).toBe(404);
    await expect(page.getByRole("heading", { name: words })).toBeVisible();
  }
  for (const nothing of ["/book/no-such-shop", "/book/harlow-studio", `${shop}/nothing`]) {
    expect((await page.goto(nothing))?.status(), nothing).toBe(404);
    await expect(page.getByRole("heading", { name: "Cette page n’existe pas" })).toBeVisible();
  }
  await context.close();
});

test("an admin says what stands on the page, which is a link away; others do not", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn("admin");
  await page.goto(settings);
  await expect(page.getByLabel("L’adresse de la page", { exact: true }).last()).toHaveValue(/\/book\/atelier-lumen$/);
  const intro = `Bienvenue ${word()}`;
  await page.getByLabel(/^Mot d’accueil, en français/).fill(intro);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Ouvrir la page" }).click();
  await expect(page.getByText(intro)).toBeVisible();
  const nadia = await otherPage("agent");
  expect((await nadia.goto(settings))?.status()).toBe(403);
});
