import type { Page } from "@playwright/test";
import { newCustomer, takePhone, write } from "./customer.ts";
import { expect, test, waitForScripts } from "./fixtures.ts";

/** Marks a page; the mark is gone after a reload. */
const mark = (page: Page) => page.evaluate(() => void document.documentElement.setAttribute("data-same-page", "yes"));
const expectNoReload = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-same-page", "yes");

test("a customer's message becomes a resolved ticket, on pages that are never loaded again", async ({
  page: inbox,
  context,
  browser,
  baseURL,
  signIn,
}) => {
  await signIn("admin");
  const customer = newCustomer("Margaux");
  const question = "Bonjour, réparez-vous les lampes de bureau articulées ?";
  const stranger = await browser.newContext({ baseURL: baseURL ?? "", locale: "fr-FR" });
  const phone = await stranger.newPage();
  waitForScripts(phone);
  const logs = await context.newPage();
  await takePhone(phone, customer, /WhatsApp boutique/);
  await logs.goto("/t/atelier-lumen/logs");
  await inbox.goto("/t/atelier-lumen/inbox");
  const pages = [phone, logs, inbox];
  for (const page of pages) await mark(page);

  await write(phone, question);

  await test.step("the event is in the log, processed, and leads to the customer with their three tags", async () => {
    const row = logs.getByRole("row").filter({ hasText: customer.name });
    await expect(row.getByText("Traité")).toBeVisible();
    await row.getByRole("link").click();
    await logs.getByRole("link", { name: `Client : ${customer.name}` }).click();
    await expect(logs.getByRole("heading", { name: customer.name })).toBeVisible();
    for (const tag of ["auto-created", "premier-contact", "whatsapp"]) {
      await expect(logs.getByRole("link", { name: tag, exact: true })).toBeVisible();
    }
  });

  await test.step("the conversation is answered, and the answer is read", async () => {
    await inbox.getByRole("link", { name: customer.name }).click();
    await expect(inbox.getByText(question).last()).toBeVisible();
    await inbox.getByLabel("Répondre", { exact: true }).fill("Oui, apportez-la quand vous voulez.");
    await inbox.keyboard.press("Control+Enter");
    await expect(phone.getByRole("log").getByText("Oui, apportez-la quand vous voulez.")).toBeVisible();
    const answer = inbox.getByRole("main").getByRole("listitem").filter({ hasText: "Oui, apportez-la" });
    await expect(answer.getByText(/ · lu$/)).toBeVisible();
  });

  await test.step("it becomes a ticket, which is resolved", async () => {
    await inbox.getByRole("button", { name: "Autres actions" }).click();
    await inbox.getByRole("menuitem", { name: "Ouvrir un ticket" }).click();
    const dialog = inbox.getByRole("dialog", { name: "Ouvrir un ticket" });
    await expect(dialog.getByLabel("Objet")).toHaveValue(question);
    await dialog.getByRole("button", { name: "Ouvrir un ticket" }).click();
    await inbox.getByRole("button", { name: "Voir", exact: true }).click();
    await expect(inbox).toHaveURL(/\/tickets\/\d+/);
    await inbox.getByRole("link", { name: "Résoudre" }).click();
    await inbox.getByLabel(/^Ce qui a été fait/).fill("Ressort changé.");
    await inbox
      .getByRole("form", { name: "Résoudre le ticket" })
      .getByRole("button", { name: "Résoudre", exact: true })
      .click();
    await expect(inbox.getByText("Résolu", { exact: true }).first()).toBeVisible();
    await expect(inbox.getByRole("button", { name: "Rouvrir" })).toBeVisible();
  });

  for (const page of pages) await expectNoReload(page);
});

test("eight tabs of one browser are all live, and one can work in each", async ({
  context,
  browser,
  baseURL,
  signIn,
}) => {
  test.setTimeout(120_000);
  await signIn("admin");
  const customer = newCustomer("Octave");
  const stranger = await browser.newContext({ baseURL: baseURL ?? "", locale: "fr-FR" });
  const phone = await stranger.newPage();
  waitForScripts(phone);
  await takePhone(phone, customer, /WhatsApp boutique/);
  const tabs: Page[] = [];
  for (let tab = 0; tab < 8; tab++) {
    const page = await context.newPage();
    await page.goto("/t/atelier-lumen/inbox");
    await mark(page);
    tabs.push(page);
  }
  await write(phone, "Êtes-vous ouverts samedi ?");
  // Eight pages draw at once, on as little as two cores.
  const patience = { timeout: 30_000 };
  for (const tab of tabs) await expect(tab.getByRole("link", { name: customer.name })).toBeVisible(patience);
  for (const [index, tab] of tabs.entries()) {
    await tab.getByRole("link", { name: customer.name }).click();
    await tab.getByRole("button", { name: /^Note/ }).click();
    await tab.getByLabel("Note", { exact: true }).fill(`Note de l’onglet ${index + 1}`);
    await tab.keyboard.press("Control+Enter");
  }
  for (const [at, tab] of tabs.entries()) {
    for (let index = 1; index <= 8; index++) {
      await expect(tab.getByText(`Note de l’onglet ${index}`, { exact: true }), `tab ${at + 1}`).toBeVisible(patience);
    }
    await expectNoReload(tab);
  }
});
