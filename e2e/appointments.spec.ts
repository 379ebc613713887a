import type { Locator, Page } from "@playwright/test";
import { faultsOf, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { newPhone } from "./numbers.ts";
import { quietDay } from "./quiet-day.ts";

const shop = "/t/atelier-lumen";
const calendar = `${shop}/appointments`;

/** Books the advice in the shop with Camille, at a free time of the day; without JavaScript too. */
async function book(page: Page, day: string, time: string, name: string): Promise<void> {
  await page.goto(`${calendar}/new?day=${day}`);
  await chooseService(page, "Conseil en boutique");
  await page.getByRole("combobox", { name: /^Avec/ }).first().selectOption({ label: "Camille Roux" });
  await page
    .getByRole("button", { name: `${time} avec Camille Roux` })
    .first()
    .click();
  await expect(page.getByText(/gardé pour vous jusqu’à/)).toBeVisible();
  await page.getByLabel("Nom", { exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Téléphone" }).fill(newPhone());
  await page.getByRole("button", { name: "Confirmer le rendez-vous" }).click();
  await expect(page.getByText("Le rendez-vous est pris.")).toBeVisible();
}

/** The fields are hers once her name is the one that is chosen. */
async function openHoursOf(page: Page, name: string): Promise<void> {
  const member = page.getByRole("link", { name });
  await member.click();
  await expect(member).toHaveAttribute("aria-current");
}

async function chooseService(page: Page, name: string): Promise<void> {
  const service = page.getByLabel("Prestation");
  const value = await service.locator("option", { hasText: name }).getAttribute("value");
  await service.selectOption(value);
}

const block = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(`, ${name}, `) });

/** Drags something by so many hours of the calendar, as a hand does. */
async function drag(page: Page, held: Locator, hours: number): Promise<void> {
  const box = (await held.boundingBox())!;
  const hour = await page
    .locator(".calendar-line")
    .nth(2)
    .evaluate((line) => line.getBoundingClientRect().height * 2);
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(8, box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + hour * hours * 0.5, { steps: 4 });
  await page.mouse.move(x, y + hour * hours, { steps: 4 });
  await page.mouse.up();
}

test("an appointment is booked, dragged, seen by a colleague, refused where it is taken, and marked as missed", async ({
  page,
  signIn,
  otherPage,
}) => {
  // Two people, six pages and a look at who is kept out.
  test.slow();
  await signIn("admin");
  const day = quietDay(2, 4);
  const word = Date.now().toString(36);
  const [first, second] = [`Agathe ${word}`, `Basile ${word}`];
  await book(page, day, "10:00", first);
  await book(page, day, "15:00", second);

  const nadia = await otherPage("agent");
  await Promise.all([page.goto(`${calendar}?day=${day}`), nadia.goto(`${calendar}?day=${day}`)]);
  await expect(block(page, first)).toHaveAccessibleName(/^10:00–10:45/);
  await drag(page, block(page, first), 1);
  await expect(block(page, first)).toHaveAccessibleName(/^11:00–11:45/);
  await expect(block(nadia, first)).toHaveAccessibleName(/^11:00–11:45/);

  // By keyboard, an hour on and a quarter longer.
  await block(page, first).focus();
  await page.keyboard.press("Space");
  for (let quarter = 0; quarter < 4; quarter++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(block(nadia, first)).toHaveAccessibleName(/^12:00–12:45/);
  await expect(page.getByRole("status").filter({ hasText: first }).first()).toContainText("12:00");
  await expect(block(page, first)).toBeFocused();

  // Where somebody else is: back to where it was, why, and what is free instead.
  await drag(page, block(page, first), 3);
  const refusal = page.getByRole("alert").filter({ hasText: first });
  await expect(refusal).toContainText("Libre à la place");
  await expect(block(page, first)).toHaveAccessibleName(/^12:00–12:45/);
  expect(await faultsOf(page)).toEqual([]);
  await refusal.getByRole("button").first().click();
  await expect(refusal).toHaveCount(0);
  await expect(block(nadia, first)).not.toHaveAccessibleName(/^12:00/);

  await block(nadia, first).click();
  await nadia.getByRole("button", { name: "Client absent" }).click();
  await expect(nadia.getByRole("button", { name: /Remettre à/ })).toBeVisible();
  await expect(nadia.getByRole("list").filter({ hasText: "Déplacé ici" })).toContainText("Camille Roux");
  await expect(block(page, first)).toHaveAccessibleName(/Client absent$/);

  await page.goto(`${calendar}/list?period=all&from=${day}&until=${day}`);
  await expect(page.getByRole("row", { name: new RegExp(second) })).toBeVisible();
  await page.getByLabel("Statut").selectOption("Client absent");
  await expect(page).toHaveURL(/status=no_show/);
  await expect(page.getByRole("row", { name: new RegExp(second) })).toHaveCount(0);
  await expect(page.getByRole("row", { name: new RegExp(first) })).toBeVisible();
  const file = await page.request.get(
    (await page.getByRole("link", { name: "Exporter en CSV" }).getAttribute("href")) ?? "",
  );
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`${first},Conseil en boutique,Camille Roux,no_show`);
});

/** Goes on with Tab, as one does, to what has a name; a page that lost the focus never comes there. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 20; pressed++) {
    const focused = page.locator(":focus");
    if ((await focused.count()) > 0 && name.test(await focused.evaluate(nameOf))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab leads to nothing called ${name}`);
}

function nameOf(element: Element): string {
  const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
  return element.getAttribute("aria-label") ?? labels[0]?.textContent ?? element.textContent;
}

test("with the keyboard alone an appointment is booked, moved, cancelled, taken up again and marked as missed", async ({
  page,
  signIn,
}) => {
  await signIn("agent");
  const day = quietDay(5, 4);
  const name = `Delphine ${Date.now().toString(36)}`;
  await page.goto(`${calendar}/new?day=${day}`);
  const service = page.getByLabel("Prestation");
  await expect(service).toBeFocused();
  await page.keyboard.type("Conseil");
  await expect(page.getByRole("heading", { name: /Créneaux libres/ })).toBeVisible();
  await expect(service).toBeFocused();
  await tabTo(page, /^\d\d:\d\d avec/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/gardé pour vous jusqu’à/)).toBeVisible();
  await expect(page.getByRole("searchbox", { name: /^Nom, téléphone/ })).toBeFocused();
  await tabTo(page, /^Nom$/);
  await page.keyboard.type(name);
  await tabTo(page, /^E-mail/);
  await page.keyboard.type(`${name.replace(" ", ".").toLowerCase()}@clients.example`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Le rendez-vous est pris.")).toBeVisible();

  await page.keyboard.press("m");
  const moving = page.getByRole("region", { name: "Déplacer le rendez-vous" });
  await expect(moving.getByRole("button", { name: /^\d\d:\d\d avec/ }).first()).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Déplacé ici")).toBeVisible();

  await page.keyboard.press("c");
  await expect(page.getByLabel("Pourquoi")).toBeFocused();
  await page.keyboard.type("Le client est souffrant");
  await page.keyboard.press("Enter");
  await expect(page.getByText("« Le client est souffrant »")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByText("Confirmé", { exact: true })).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByRole("button", { name: /Remettre à/ })).toBeVisible();

  // What narrows a list is changed step by step: the list comes, and the focus stays.
  await page.goto(`${calendar}/list?period=all&from=${day}&until=${day}`);
  const status = page.getByLabel("Statut");
  await status.focus();
  await page.keyboard.type("Client");
  await expect(page).toHaveURL(/status=no_show/);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(1);
  await expect(status).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL(/status=completed/);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(0);
  await expect(status).toBeFocused();
});

test("on a phone, without JavaScript, an appointment is booked, moved, cancelled and taken up again", async ({
  browser,
  page,
  signIn,
  baseURL,
}) => {
  await signIn("agent");
  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    isMobile: true,
    locale: "fr-FR",
  });
  await context.addCookies(await page.context().cookies());
  const phone = await context.newPage();
  const day = quietDay(5, 6);
  const name = `Clarisse ${Date.now().toString(36)}`;
  await phone.goto(`${calendar}/new`);
  await chooseService(phone, "Conseil en boutique");
  await phone.getByLabel("À partir du").fill(day);
  await phone.getByRole("button", { name: "Afficher" }).click();
  await phone
    .getByRole("button", { name: /^14:00 avec/ })
    .first()
    .click();
  await phone.getByLabel("Nom", { exact: true }).fill(name);
  await phone.getByRole("textbox", { name: "E-mail" }).fill(`${name.replace(" ", ".").toLowerCase()}@clients.example`);
  expect(await overflowOf(phone)).toBeLessThanOrEqual(0);
  await phone.getByRole("button", { name: "Confirmer le rendez-vous" }).click();
  await expect(phone.getByText("Le rendez-vous est pris.")).toBeVisible();

  await phone.getByRole("link", { name: "Déplacer" }).click();
  await phone
    .getByRole("button", { name: /^15:30 avec/ })
    .first()
    .click();
  await expect(phone.getByText("Déplacé ici")).toBeVisible();
  await phone.getByRole("link", { name: "Annuler le rendez-vous" }).click();
  await phone.getByLabel("Pourquoi").fill("Le client est souffrant");
  await phone.getByRole("button", { name: "Annuler ce rendez-vous" }).click();
  await expect(phone.getByText("« Le client est souffrant »")).toBeVisible();
  expect(await overflowOf(phone)).toBeLessThanOrEqual(0);
  await phone.getByRole("button", { name: /Remettre à/ }).click();
  await expect(phone.getByText("Confirmé", { exact: true })).toBeVisible();
  await phone.goto(`${calendar}?view=day&day=${day}`);
  await expect(block(phone, name)).toHaveAccessibleName(/^15:30–16:15/);
  expect(await overflowOf(phone)).toBeLessThanOrEqual(0);
  await context.close();
});

test("a member's week, special days and time off decide what is offered; a service is described and set aside", async ({
  page,
  signIn,
}) => {
  await signIn("admin");
  const day = quietDay(3, 4);
  const word = Date.now().toString(36);
  await page.goto(`${shop}/settings/services?new`);
  await page.getByLabel("Nom", { exact: true }).fill(`Essai ${word}`);
  await page.getByLabel("Durée, en minutes").fill("60");
  await page.getByLabel(/^Prix, en EUR/).fill("49,90");
  await page.getByLabel("Hélène Ferrand").check();
  await page.getByRole("button", { name: "Créer la prestation" }).click();
  await expect(page.getByText(/1\sh · 49,90\s€/)).toBeVisible();

  await page.goto(`${shop}/settings/availability`);
  await openHoursOf(page, "Hélène Ferrand");
  await page.getByRole("radio", { name: "Horaires propres" }).check();
  await page.getByLabel("Mercredi").fill("9h-12h, 14h-17h");
  await page.getByRole("button", { name: "Enregistrer les horaires" }).click();
  await expect(page.getByText("Enregistré")).toBeVisible();

  const offered = async () => {
    await page.goto(`${calendar}/new?day=${day}`);
    await chooseService(page, `Essai ${word}`);
    await expect(page.getByRole("heading", { name: /Créneaux libres/ })).toBeVisible();
    return page.getByRole("group", { name: /^mercredi/ }).first();
  };
  await expect((await offered()).getByRole("button", { name: /^14:00/ })).toBeVisible();

  await page.goto(`${shop}/settings/availability`);
  await openHoursOf(page, "Hélène Ferrand");
  await page.getByLabel("Jour", { exact: true }).fill(day);
  await page.getByLabel("Horaires", { exact: true }).fill("18:00-20:00");
  await page.getByRole("button", { name: "Ajouter ce jour" }).click();
  const special = page.getByRole("listitem").filter({ has: page.locator(`time[datetime="${day}"]`) });
  await expect(special).toContainText("18:00–20:00");
  const evening = await offered();
  await expect(evening.getByRole("button", { name: /^18:00/ })).toBeVisible();
  await expect(evening.getByRole("button", { name: /^14:00/ })).toHaveCount(0);

  await page.goto(`${shop}/settings/availability`);
  await openHoursOf(page, "Hélène Ferrand");
  await page.getByRole("region", { name: "Absences" }).getByLabel("Du").fill(day);
  await page.getByRole("region", { name: "Absences" }).getByLabel("Au").fill(day);
  const away = page.getByRole("button", { name: /^Retirer l’absence/ });
  const before = await away.count();
  await page.getByRole("button", { name: "Ajouter l’absence" }).click();
  await expect(away).toHaveCount(before + 1);
  await offered();
  await expect(page.getByRole("group", { name: new RegExp(`^mercredi ${Number(day.slice(8))} `) })).toHaveCount(0);

  await page.goto(`${shop}/settings/services`);
  await page.getByRole("link", { name: `Modifier Essai ${word}` }).click();
  await page.getByRole("button", { name: "Ne plus proposer" }).click();
  await expect(page.getByText("qui n’est plus proposée")).toBeVisible();
});
