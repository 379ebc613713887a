import type { Page } from "@playwright/test";
import { connectChannel, credentialsTaken, passTest } from "./connect-channel.ts";
import { changeAtProvider, mailOf, newCustomer, takeMailbox } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const admin = "Atelier Lumen, admin";

test.setTimeout(120_000);

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });
const shown = (mailbox: Page, text: string) => mailbox.getByRole("log").getByRole("article").filter({ hasText: text });
const line = (page: Page, check: string) => page.getByRole("listitem").filter({ hasText: check });

async function writeFrom(mailbox: Page, text: string, subject?: string): Promise<void> {
  if (subject) await mailbox.getByLabel("Objet").fill(subject);
  await mailbox.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await mailbox.getByRole("button", { name: "Envoyer" }).click();
  await expect(shown(mailbox, text)).toBeVisible();
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  const taken = page.waitForResponse((response) => response.request().postData()?.includes("intent=hold") ?? false);
  await page.keyboard.press("Control+Enter");
  await taken;
}

test("a mailbox from nothing: a mail comes in, is answered with a copy and a signature, and the thread goes on", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = newCustomer("Alix");
  const name = `Courriel ${customer.name}`;
  await connectChannel(page, { provider: "email", name });
  await page.getByLabel("Signature").fill("{{agent.name}}\nAu service de {{business.name}}");
  const signature = page.locator("form").filter({ has: page.getByLabel("Signature") });
  await signature.getByRole("button", { name: "Enregistrer" }).click();
  await expect(signature.getByRole("status")).toHaveText("Enregistré.");

  const mailbox = await otherPage(admin);
  await takeMailbox(mailbox, customer, new RegExp(name));
  await writeFrom(mailbox, "Réparez-vous les lampes anciennes ?", "Une lampe");

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(said(page, "lampes anciennes")).toContainText("Une lampe");
  await page.getByText(`Re: Une lampe · À ${mailOf(customer)}`).click();
  await page.getByLabel("Copie à (Cc)").fill("atelier@client");
  await page.getByRole("textbox", { name: /Répondre/ }).fill("Oui.");
  await expect(page.getByRole("button", { name: /Envoyer/ })).toBeDisabled();
  await page.getByLabel("Copie à (Cc)").fill("atelier@client.example");
  await answer(page, "Oui, passez quand vous voulez.");
  await expect(shown(mailbox, "Oui, passez quand vous voulez.")).toContainText("Au service de Atelier Lumen");
  await expect(shown(mailbox, "Oui, passez")).toContainText("Re: Une lampe");

  await shown(mailbox, "Oui, passez").getByRole("button", { name: "Répondre" }).click();
  await writeFrom(mailbox, "Merci, à jeudi.");
  await expect(said(page, "Merci, à jeudi.")).toBeVisible();
  await expect(page.getByText(/Copie à atelier@client\.example/)).toBeVisible();
});

test("a mailbox that breaks: each time the page says what happened and what to do, and nothing is lost", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = newCustomer("Bruno");
  const name = `Courriel ${customer.name}`;
  const channel = await connectChannel(page, { provider: "email", name });
  const mailbox = await otherPage(admin);
  await takeMailbox(mailbox, customer, new RegExp(name));
  await writeFrom(mailbox, "Bonjour !", "Un vase");
  await page.goto(inbox);
  await expect(page.getByRole("link", { name: customer.name })).toBeVisible();
  const runTest = () => page.getByRole("button", { name: /Lancer le test|Relancer le test/ }).click();
  const change = (label: string) => changeAtProvider(mailbox, label);

  const replace = async (credential: string, value: string) => {
    const folded = page.locator("form:has(input[name=imap_password]) details:not([open]) > summary");
    if ((await folded.count()) > 0) await folded.click();
    await page.locator(`input[name=${credential}]`).fill(value);
    const answered = credentialsTaken(page);
    await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
    await answered;
  };

  await page.goto(channel.path);
  await change("Remplir la boîte");
  await runTest();
  await expect(line(page, "Il reste de la place dans la boîte")).toContainText("La boîte est pleine");
  await writeFrom(mailbox, "Encore moi", "Deuxième vase");
  await expect(shown(mailbox, "mailbox full")).toBeVisible();
  await change("Remplir la boîte");

  await replace("smtp_host", "smtp.courriel.exemple");
  await runTest();
  await expect(line(page, "Le serveur accepte l’identification pour envoyer")).toContainText(
    "Ce nom de serveur n’existe pas",
  );
  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await answer(page, "Une réponse qui attend");
  await page.goto(channel.path);
  await expect(page.getByText("Le serveur d’envoi (SMTP) n’existe pas sous ce nom")).toBeVisible();
  await replace("smtp_host", "smtp.courriel.example");
  await expect(shown(mailbox, "Une réponse qui attend")).toBeVisible();

  await change("Changer le mot de passe de la boîte");
  await runTest();
  await expect(line(page, "pour lire (IMAP)")).toContainText("refuse l’identifiant ou le mot de passe de lecture");
  await expect(line(page, "pour envoyer (SMTP)")).toContainText("Le serveur d’envoi (SMTP) refuse l’identifiant");
  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await answer(page, "Écrit pendant la panne");
  await page.goto(channel.path);
  await expect(page.getByText("1 message partira quand ce sera réglé")).toBeVisible();
  await expect(page.getByText(/refuse l’identifiant ou le mot de passe/).first()).toBeVisible();
  await replace("imap_password", "un-nouveau-mot-de-passe");
  await passTest(page);
  await expect(shown(mailbox, "Écrit pendant la panne")).toHaveCount(1);
  await writeFrom(mailbox, "Tout est rentré dans l’ordre.", "Re: Un vase");
  await page.goto(inbox);
  const rows = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: customer.name }) });
  await expect(rows.filter({ hasText: "Tout est rentré dans l’ordre." })).toHaveCount(1);
});
