import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { customerOnTwoLines, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";

const all = (page: Page) => page.getByRole("region", { name: "Tout ce qui s’est dit avec cette personne" });
const bubble = (area: ReturnType<typeof all>, text: string) => area.locator(".bubble").filter({ hasText: text });
const row = (page: Page, name: string) => page.locator("[data-row]").filter({ hasText: name });

test("a person is read over two channels and answered by the chosen one, live for a colleague", async ({
  page,
  baseURL,
  signIn,
  otherPage,
}) => {
  await signIn("agent");
  const person = await customerOnTwoLines(page, baseURL);
  await person.whatsapp.write("Bonjour, ma lampe clignote.");
  await page.goto(`${shop}/inbox`);
  await row(page, person.name).first().getByRole("link").first().click();
  await expect(bubble(thread(page), "clignote")).toBeVisible();
  await person.sms.write("Et par SMS : êtes-vous ouverts demain ?");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/customers\/[0-9a-f-]+\/messages/);
  await expect(bubble(all(page), "clignote").getByRole("link", { name: `Par ${person.whatsapp.line}` })).toBeVisible();
  await expect(bubble(all(page), "ouverts demain").getByRole("link", { name: `Par ${person.sms.line}` })).toBeVisible();

  // Opened from the WhatsApp conversation, that is answered by; the best way is the one that was written by last.
  const by = page.getByLabel("Répondre par");
  await expect(by.locator("option:checked")).toContainText(person.whatsapp.line);
  await expect(page.getByText("Vous avez choisi un autre canal que le plus indiqué")).toBeVisible();
  const colleague = await otherPage("admin");
  const { pathname } = new URL(page.url());
  await colleague.goto(pathname);
  await expect(colleague.getByLabel("Répondre par").locator("option:checked")).toContainText(person.sms.line);

  await by.selectOption({ index: 0 });
  await expect(by.locator("option:checked")).toContainText(person.sms.line);
  await page.getByRole("textbox", { name: "Répondre" }).fill("Oui, dès neuf heures.");
  await page.keyboard.press("Control+Enter");
  const reply = bubble(all(colleague), "dès neuf heures");
  await expect(reply.getByRole("link", { name: `Par ${person.sms.line}` })).toBeVisible();
  await person.whatsapp.write("Merci, à demain !");
  await expect(bubble(all(colleague), "à demain")).toBeVisible();
  const { violations } = await new AxeBuilder({ page: colleague }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  await reply.getByRole("link", { name: `Par ${person.sms.line}` }).click();
  await expect(bubble(thread(colleague), "dès neuf heures")).toBeVisible();
  await expect(bubble(thread(colleague), "clignote")).toBeHidden();
});

test("two conversations become one under a colleague's eyes, and two again", async ({
  page,
  baseURL,
  signIn,
  otherPage,
}) => {
  await signIn("agent");
  const person = await customerOnTwoLines(page, baseURL);
  await person.whatsapp.write("Un mot par WhatsApp.");
  await person.sms.write("Un mot par SMS.");
  await page.goto(`${shop}/inbox`);
  await expect(row(page, person.name)).toHaveCount(2);
  const colleague = await otherPage("admin");
  await colleague.goto(`${shop}/inbox`);
  for (const one of [page, colleague]) {
    await row(one, person.name).first().getByRole("link").first().click();
    await expect(bubble(thread(one), "Un mot par SMS.")).toBeVisible();
  }

  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: /Fusionner/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Continuent dans l’autre : 1 message")).toBeVisible();
  await dialog.getByRole("radio").check();
  await dialog.getByRole("button", { name: "Fusionner" }).click();
  for (const one of [page, colleague]) {
    await expect(bubble(thread(one), "Un mot par WhatsApp.")).toBeVisible();
    await expect(bubble(thread(one), "Un mot par SMS.")).toBeVisible();
    await expect(one.getByRole("list", { name: "Conversations fusionnées ici" })).toContainText(
      "continue ici (1 message)",
    );
    await expect(row(one, person.name)).toHaveCount(1);
  }

  // What comes to the merged address is read here.
  await person.sms.write("Encore un SMS.");
  await expect(bubble(thread(colleague), "Encore un SMS.")).toBeVisible();
  await colleague.getByRole("button", { name: `Séparer ${person.sms.line}` }).click();
  for (const one of [page, colleague]) {
    await expect(bubble(thread(one), "Un mot par SMS.")).toBeHidden();
    await expect(one.getByRole("list", { name: "Conversations fusionnées ici" })).toBeHidden();
    await expect(row(one, person.name)).toHaveCount(2);
  }
  await expect(thread(page).getByText(/a séparé .* d’ici \(2 messages\)/)).toBeVisible();
});
