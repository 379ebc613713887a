import { changeAtProvider } from "./customer.ts";
import type { Page } from "@playwright/test";
import { connectChannel, type ConnectedChannel } from "./connect-channel.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const admin = "Atelier Lumen, admin";
const word = () =>
  Math.random()
    .toString(36)
    .replaceAll(/[^a-z]/g, "")
    .slice(0, 7);

/** What the test says once a secret was made anew; null where the provider shows nothing, and the log tells it. */
const vendors = [
  ["sendgrid", "La clé gardée ici n’est pas celle du service."],
  ["mailgun", "La clé gardée ici n’est pas celle du service."],
  ["postmark", "un autre mot de passe que celui gardé ici"],
  ["ses", null],
] as const;

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });

const line = (page: Page, check: string) => page.getByRole("listitem").filter({ hasText: check });

interface Writer {
  name: string;
  address: string;
}
const writer = (local: string): Writer => {
  const own = word();
  return { name: `Camille ${own}`, address: `${local}+${own}@client.example` };
};

/** A customer's mailbox, and a mail from it. */
async function mailFrom(page: Page, channel: ConnectedChannel, { name, address }: Writer, text: string): Promise<Page> {
  await page.goto(`/simulator?${new URLSearchParams({ line: channel.channelId, phone: address, name })}`);
  await page.getByLabel("Objet").fill("Un abat-jour");
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Envoyer" }).click();
  await expect(page.getByRole("log").getByRole("article").first()).toContainText(text);
  return page;
}

async function answerTo(page: Page, { name }: Writer, text: string): Promise<void> {
  await page.goto(inbox);
  await page.getByRole("link", { name }).click();
  await expect(said(page, "Un abat-jour").first()).toBeVisible();
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  await page.keyboard.press("Control+Enter");
  await expect(said(page, text)).toBeVisible();
}

for (const [provider, saysSecret] of vendors) {
  test(`${provider}: connected from nothing, written to, answered, refused by a mailbox, broken and explained`, async ({
    page,
    signIn,
    otherPage,
  }) => {
    await signIn(admin);
    const name = `Courriel ${provider} ${word()}`;
    const channel = await connectChannel(page, { provider, name });
    const camille = writer("camille");
    const customer = await mailFrom(await otherPage(admin), channel, camille, "Réparez-vous les abat-jour ?");
    await answerTo(page, camille, "Oui, en une semaine.");
    const answer = customer.getByRole("article").filter({ hasText: "Oui, en une semaine." });
    await expect(answer).toContainText("Re: Un abat-jour");
    await expect(said(page, "Oui, en une semaine.")).toContainText("distribué");
    await answer.getByRole("button", { name: "Répondre" }).click();
    await customer.getByLabel("Message", { exact: true }).fill("Merci beaucoup !");
    await customer.getByRole("button", { name: "Envoyer" }).click();
    await expect(said(page, "Merci beaucoup !")).toBeVisible();

    const nobody = writer("bounce");
    await mailFrom(customer, channel, nobody, "Auriez-vous retrouvé ma lampe ?");
    await answerTo(page, nobody, "Elle est ici.");
    const refusal = thread(page).getByText("Cette adresse n’existe pas, ou plus.");
    await expect(refusal).toBeVisible();

    const change = (label: string) => changeAtProvider(customer, label);
    const runTest = () => page.getByRole("button", { name: /Lancer le test|Relancer le test/ }).click();
    await page.goto(channel.path);
    await change("Révoquer le jeton d’accès");
    await runTest();
    await expect(line(page, "Vos identifiants sont acceptés")).toContainText("Le jeton est refusé");
    await change("Révoquer le jeton d’accès");
    await change("Renouveler le secret");
    await runTest();
    if (saysSecret) await expect(page.getByText(saysSecret)).toBeVisible();
    else {
      await mailFrom(customer, channel, writer("camille"), "Ceci vient d’un autre sujet.");
      await page.goto("/t/atelier-lumen/logs?status=rejected");
      await page.getByRole("row").filter({ hasText: name }).first().getByRole("link").first().click();
      await expect(page.getByText("Signature fausse").first()).toBeVisible();
      return;
    }
    await change("Renouveler le secret");
    await change("Saisir une autre adresse");
    await runTest();
    await expect(page.getByText("Une autre adresse est enregistrée.")).toBeVisible();
  });
}
