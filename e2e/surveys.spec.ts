import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectChannel } from "./connect-channel.ts";
import { newCustomer, takeMailbox, takePhone, write } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";
const admin = "Atelier Lumen, admin";

test.setTimeout(240_000);
/** What would leave in the last minute of the day leaves with the next. */
const soon = { timeout: 90_000 };

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });

/** At once, at any hour, and as often as a test likes. */
async function askAtOnce(page: Page, channel: "WhatsApp" | "E-mail"): Promise<void> {
  await page.goto(`${shop}/settings/surveys`);
  const general = page.getByRole("form", { name: "Règles communes" });
  await general.getByLabel("Envoyer entre").fill("00:00");
  await general.getByLabel("et", { exact: true }).fill("23:59");
  await general.getByLabel(/Ne pas réinterroger/).fill("0");
  await general.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Enregistré.")).toBeVisible();
  await page.locator("summary").filter({ hasText: channel }).click();
  const form = page.getByRole("form", { name: channel });
  await form.getByLabel("Combien de temps après la résolution").fill("0 min");
  await form.getByLabel("Poser la question").check();
  await form.getByRole("button", { name: `Enregistrer ${channel}` }).click();
  await expect(page.locator("summary").filter({ hasText: channel })).toContainText("0 min après la résolution");
}

async function answerAndResolve(page: Page, name: string): Promise<void> {
  await page.goto(`${shop}/inbox?view=all`);
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("textbox", { name: /Répondre/ }).fill("C’est réparé, vous pouvez passer.");
  await page.keyboard.press("Control+Enter");
  await expect(thread(page).locator(".bubble").filter({ hasText: "C’est réparé" })).toContainText(/envoyé|remis|lu/i);
  await page.getByRole("button", { name: "Résoudre" }).click();
  await expect(thread(page)).toContainText("Résolue par");
}

test("a customer on WhatsApp is asked after the resolution, answers with a number, and nothing opens again", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  await askAtOnce(page, "WhatsApp");
  const customer = newCustomer("Brune");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  await write(phone, "Ma lampe est-elle prête ?");
  await answerAndResolve(page, customer.name);
  await expect(phone.getByRole("log").getByText("Répondez par un chiffre")).toBeVisible(soon);
  await write(phone, "5/5");
  await expect(thread(page).locator(".bubble").filter({ hasText: "note 5/5" })).toBeVisible();
  await expect(thread(page)).not.toContainText("Rouverte");

  await page.goto(`${shop}/surveys`);
  const row = page.getByRole("row").filter({ hasText: customer.name });
  await expect(row).toContainText("5/5");
  await page.locator('select[name="score"]').selectOption("1");
  await expect(page).toHaveURL(/score=1/);
  await expect(row).toBeHidden();
  await page.goBack();
  await row.getByRole("link", { name: customer.name, exact: true }).click();
  await expect(page.getByRole("region", { name: "Satisfaction" })).toContainText("5/5");
});

test("a customer by mail opens a link, which records nothing, and confirms without JavaScript", async ({
  page,
  signIn,
  otherPage,
  browser,
  baseURL,
}) => {
  await signIn(admin);
  const customer = newCustomer("Colin");
  const name = `Courriel ${customer.name}`;
  await connectChannel(page, { provider: "email", name });
  await askAtOnce(page, "E-mail");
  const mailbox = await otherPage(admin);
  await takeMailbox(mailbox, customer, new RegExp(name));
  await mailbox.getByLabel("Objet").fill("Une lampe");
  await mailbox.getByRole("textbox", { name: "Message", exact: true }).fill("Ma lampe est-elle prête ?");
  await mailbox.getByRole("button", { name: "Envoyer" }).click();
  await answerAndResolve(page, customer.name);
  const question = mailbox.getByRole("log").getByRole("article").filter({ hasText: "Êtes-vous satisfait" });
  await expect(question).toBeVisible(soon);
  const link = /https?:\/\/[^\s]+\/s\/[\w-]+\?score=2/.exec((await question.textContent()) ?? "")?.[0] ?? "";
  const { pathname, search } = new URL(link);

  const context = await browser.newContext({
    baseURL: baseURL ?? "",
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const own = await context.newPage();
  await own.goto(pathname + search);
  await expect(own.getByRole("radio", { name: /2/ })).toBeChecked();
  await page.goto(`${shop}/surveys?state=unanswered`);
  await expect(page.getByRole("row").filter({ hasText: customer.name })).toContainText("sans réponse");

  await own.getByRole("radio", { name: /4/ }).check({ force: true });
  await own.getByLabel(/Un mot à ajouter/).fill("Un peu long, mais bien.");
  await own.getByRole("button", { name: "Envoyer ma réponse" }).click();
  await expect(own.getByRole("status")).toContainText("Merci pour votre réponse");
  await own.getByRole("radio", { name: /5/ }).check({ force: true });
  await own.getByRole("button", { name: "Modifier ma réponse" }).click();
  await expect(own.getByRole("status")).toContainText("5 sur 5");
  await context.close();

  await page.goto(`${shop}/surveys?state=answered`);
  await expect(page.getByRole("row").filter({ hasText: customer.name })).toContainText("5/5");
  await expect(page.getByRole("row").filter({ hasText: customer.name })).toContainText("Un peu long, mais bien.");
});

test("an address that was made up asks nothing, and the page of a link is clean", async ({ page }) => {
  const answer = await page.goto(`/s/${"x".repeat(43)}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce lien ne fonctionne plus");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
