import type { Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { knownAs, newCustomer, takeMailbox, takePhone, write } from "./customer.ts";
import { expect, test } from "./fixtures.ts";
import { picture } from "./picture.ts";

const inbox = "/t/atelier-lumen/inbox";

/** Goes to a line of the workshop, by its name. */
async function takeLine(page: Page, name: RegExp): Promise<void> {
  await page.goto("/simulator");
  await page.getByRole("region", { name: "Atelier Lumen", exact: true }).getByRole("link", { name }).click();
  await expect(page).toHaveURL(/line=/);
}

test("nobody needs to sign in to play a customer of the demo: all its channels are on one page", async ({ page }) => {
  await page.goto("/simulator");
  const lines = page.getByRole("region", { name: "Atelier Lumen", exact: true }).getByRole("link");
  for (const name of ["WhatsApp boutique", "SMS atelier", "Instagram", "Courriel de l’atelier", "Standard"])
    await expect(lines.filter({ hasText: name }).first()).toBeVisible();
  for (const line of [/^Instagram @atelier\.lumen/, /^Courriel de l’atelier/, /^Standard/]) {
    await takeLine(page, line);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
  }
});

test("a chat: a picture goes along, a reaction comes under the answer", async ({ page, signIn, otherPage }) => {
  await signIn("Atelier Lumen, agent");
  const customer = newCustomer("Isaure");
  const phone = await otherPage("Atelier Lumen, agent");
  await takePhone(phone, customer, /WhatsApp boutique/);
  await phone.getByLabel("Joindre un fichier").setInputFiles(picture("lampe.png"));
  await write(phone, "La voici");
  const mine = phone.getByRole("article").filter({ hasText: "La voici" });
  await expect(mine).toContainText("lampe.png");
  await expect(mine).toContainText("distribué");

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await page.getByRole("textbox", { name: /Répondre/ }).fill("Merci !");
  await page.keyboard.press("Control+Enter");
  const theirs = phone.getByRole("article").filter({ hasText: "Merci !" });
  await theirs.getByRole("button", { name: "Réagir 👍" }).click();
  await expect(theirs.getByRole("button", { name: /Retirer/ })).toBeVisible();
  await expect(page.getByRole("img", { name: "Réaction 👍" })).toBeVisible();
});

test("a mailbox: a mail with a document arrives, its answer is answered in the same thread", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn("Atelier Lumen, agent");
  const customer = newCustomer("Aurèle");
  const subject = `Une lampe ${customer.phone.slice(-6)}`;
  const mailbox = await otherPage("Atelier Lumen, agent");
  await takeMailbox(mailbox, customer, /^Courriel de l’atelier/);
  await mailbox.getByLabel("Objet").fill(subject);
  await mailbox.getByRole("textbox", { name: "Message" }).fill("Bonjour,\n\nLa réparez-vous ?");
  await mailbox.getByLabel("Joindre un fichier").setInputFiles(picture("lampe.png"));
  await mailbox.getByRole("button", { name: "Envoyer" }).click();
  const mails = mailbox.getByRole("log").getByRole("article");
  await expect(mails).toContainText(["lampe.png"]);

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  const thread = page.getByRole("region", { name: "Messages échangés" });
  await expect(thread.getByRole("link", { name: "Agrandir lampe.png" })).toBeVisible();
  await page.getByRole("textbox", { name: /Répondre/ }).fill("Oui, en une semaine.");
  await page.keyboard.press("Control+Enter");
  await expect(mails.filter({ hasText: "Oui, en une semaine." })).toContainText(`Re: ${subject}`);
  await mailbox.getByRole("button", { name: "Répondre" }).click();
  await expect(mailbox.getByLabel("Objet")).toHaveValue(`Re: ${subject}`);
  await mailbox.getByRole("textbox", { name: "Message" }).fill("Parfait, merci !");
  await mailbox.getByRole("button", { name: "Envoyer" }).click();
  await expect(thread.getByText("Parfait, merci !")).toBeVisible();
});

test("a telephone: rings, speaks, has the agent look something up, hangs up; the call is in the thread", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn("Atelier Lumen, agent");
  const customer = newCustomer("Sidonie");
  const telephone = await otherPage("Atelier Lumen, agent");
  await takePhone(telephone, customer, /Standard/);
  await telephone.getByRole("button", { name: "Appeler" }).click();
  await expect(telephone.getByText("En ligne")).toBeVisible();
  await telephone.getByRole("textbox", { name: "Dites quelque chose" }).fill("Quelle heure est-il chez vous ?");
  await telephone.keyboard.press("Enter");
  const said = telephone.getByRole("log");
  await expect(said.getByText("Quelle heure est-il chez vous ?")).toBeVisible();
  await telephone.getByRole("button", { name: "Demander l’heure" }).click();
  await expect(said.getByText("Demander l’heure")).toBeVisible();
  await telephone.getByRole("button", { name: "Raccrocher" }).click();
  await expect(telephone.getByRole("button", { name: "Appeler" })).toBeVisible();

  await page.goto(inbox);
  await page
    .getByRole("link", { name: knownAs(customer) })
    .first()
    .click();
  const call = page
    .getByRole("region", { name: "Messages échangés" })
    .locator(".bubble")
    .filter({ hasText: "Appel reçu" });
  // Who comes before the call's report finds its words open already.
  const words = call.locator("details");
  await expect(words).toContainText(/Lire l’appel/);
  if ((await words.getAttribute("open")) === null) await words.locator("summary").click();
  await expect(call.getByText("Quelle heure est-il chez vous ?", { exact: true })).toBeVisible();
});
