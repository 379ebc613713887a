import type { Page } from "@playwright/test";
import { connectChannel, passTest } from "./connect-channel.ts";
import { changeAtProvider, newCustomer, takePhone } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const admin = "Atelier Lumen, admin";

/** A picture of one pixel. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);
const picture = (name: string) => ({ name, mimeType: "image/png", buffer: pixel });

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });
const shown = (phone: Page, text: string) => phone.getByRole("log").getByRole("article").filter({ hasText: text });

async function writeFrom(phone: Page, text: string): Promise<void> {
  await phone.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await phone.getByRole("button", { name: "Envoyer" }).click();
  await expect(shown(phone, text)).toBeVisible();
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  await page.keyboard.press("Control+Enter");
}

test("WhatsApp from nothing: photos both ways, reactions, an answer from the phone's app", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = newCustomer("Salomé");
  const name = `WhatsApp ${customer.name}`;
  await connectChannel(page, { provider: "whatsapp", name });
  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  await phone.getByLabel("Joindre un fichier").setInputFiles(picture("lampe.png"));
  await writeFrom(phone, "Pouvez-vous la réparer ?");

  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(said(page, "la réparer").getByRole("img")).toBeVisible();
  await page.getByTestId("attach").setInputFiles(picture("devis.png"));
  await answer(page, "Oui, voici le devis.");
  await expect(shown(phone, "Oui, voici le devis.")).toContainText("devis.png");
  await shown(phone, "voici le devis").getByRole("button", { name: "Réagir 👍" }).click();
  await expect(page.getByRole("img", { name: "Réaction 👍" })).toBeVisible();
  await said(page, "la réparer").hover();
  await page.getByRole("button", { name: "Réagir à ce message" }).first().click();
  await page.getByRole("menuitemcheckbox", { name: "❤️" }).click();
  await expect(shown(phone, "la réparer")).toContainText("❤️");

  await phone.getByLabel("Écrire comme").selectOption("business");
  await writeFrom(phone, "Je vous appelle de l’atelier.");
  await expect(said(page, "Je vous appelle de l’atelier.")).toBeVisible();
});

test("WhatsApp after its window: why nothing can be written, and a template that can", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  await page.goto("/t/atelier-lumen/settings/channels");
  await page.getByRole("link", { name: "WhatsApp boutique" }).click();
  await page.getByRole("button", { name: "Relire la liste" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "reprendre contact" })).toContainText("Approuvé");
  const customer = newCustomer("Gaspard");
  const phone = await otherPage(admin);
  await takePhone(phone, customer, /WhatsApp boutique/);
  await phone.getByLabel("Quand").selectOption("36");
  await writeFrom(phone, "Ma commande est-elle arrivée ?");
  // It stands where a message of yesterday stands, behind everything of today.
  await page.goto(`${inbox}?${new URLSearchParams({ q: customer.name })}`);
  await page.getByRole("link", { name: customer.name }).click();
  await expect(page.getByText("n’a pas écrit depuis plus de 24 h")).toBeVisible();
  await page.getByText("Envoyer un modèle approuvé").click();
  await page.getByText("reprendre contact").click();
  await expect(page.getByRole("textbox", { name: "first name" })).toHaveValue("Gaspard");
  await page.getByRole("button", { name: "Envoyer le modèle" }).click();
  await expect(shown(phone, "Bonjour Gaspard, nous avons une réponse")).toBeVisible();
  await expect(said(page, "Bonjour Gaspard").getByText(/· (distribué|lu)$/)).toBeVisible();
});

test("WhatsApp broken at Meta: each time the page says what happened and what to do", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = newCustomer("Rosalie");
  const name = `WhatsApp ${customer.name}`;
  const { path } = await connectChannel(page, { provider: "whatsapp", name });
  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  await writeFrom(phone, "Bonjour !");
  const runTest = () => page.getByRole("button", { name: /Lancer le test|Relancer le test/ }).click();
  const change = (label: string) => changeAtProvider(phone, label);

  await page.getByRole("button", { name: "Relire la liste" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "offre hiver" })).toContainText(/Rejeté.*Format incorrect/);

  await change("Saisir une autre adresse");
  await runTest();
  await expect(page.getByText("Une autre adresse est enregistrée. Remplacez-la par la nôtre")).toBeVisible();
  await change("Saisir une autre adresse");
  await change("Renouveler le secret");
  await runTest();
  await expect(page.getByText("Le secret ne correspond pas à l’application du jeton")).toBeVisible();
  await change("Renouveler le secret");

  await phone.getByLabel("Jeton de vérification").fill("un-jeton-mal-copié");
  await phone.getByRole("button", { name: "Vérifier et enregistrer" }).click();
  await expect(phone.getByText("Adresse refusée")).toBeVisible();
  await expect(page.getByText("a présenté un autre jeton de vérification")).toBeVisible();
  await page.getByRole("button", { name: "Afficher" }).click();
  const token = await page.locator("p:text-is('Jeton de vérification') + div code").innerText();
  await phone.getByLabel("Jeton de vérification").fill(token);
  await phone.getByRole("button", { name: "Vérifier et enregistrer" }).click();
  await expect(page.getByText("Adresse vérifiée par le fournisseur")).toBeVisible();

  await change("Révoquer le jeton d’accès");
  await runTest();
  await expect(page.getByText("Le jeton est refusé : il a expiré ou a été révoqué")).toBeVisible();
  await page.goto(inbox);
  await page.getByRole("link", { name: customer.name }).click();
  await answer(page, "Bonjour Rosalie !");
  await expect(said(page, "Bonjour Rosalie !")).toBeVisible();
  await page.goto(path);
  await expect(page.getByText("Le fournisseur refuse vos identifiants")).toBeVisible();
  await expect(page.getByText("1 message partira quand ce sera réglé")).toBeVisible();
  await page.locator("input[name=access_token]").fill("un-nouveau-jeton-0123456789");
  await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
  await passTest(page);
  await expect(shown(phone, "Bonjour Rosalie !")).toBeVisible();
});
