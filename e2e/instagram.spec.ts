import type { Page } from "@playwright/test";
import { connectChannel, passTest } from "./connect-channel.ts";
import type { Customer } from "./customer.ts";
import { changeAtProvider, newCustomer, takePhone } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

const tenant = "/t/atelier-lumen";
const inbox = `${tenant}/inbox`;
const admin = "Atelier Lumen, admin";

/** Somebody on Instagram: known there by an id of their own. */
function follower(firstName: string): Customer {
  const id = `61200000${String(Math.floor(Math.random() * 100_000_000)).padStart(8, "0")}`;
  return { ...newCustomer(firstName), phone: id };
}

const handleOf = ({ name }: Customer) => `atelier.${name.toLowerCase().replace(/[^a-z]/g, "")}`;
const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });
const shown = (phone: Page, text: string) => phone.getByRole("log").getByRole("article").filter({ hasText: text });

async function writeFrom(phone: Page, text: string, { as = "direct", hoursAgo = "0" } = {}): Promise<void> {
  await phone.getByLabel("Écrire comme").selectOption(as);
  await phone.getByLabel("Quand").selectOption(hoursAgo);
  await phone.getByRole("textbox", { name: "Message", exact: true }).fill(text);
  await phone.getByRole("button", { name: "Envoyer" }).click();
  if (text) await expect(shown(phone, text)).toBeVisible();
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  await page.keyboard.press("Control+Enter");
}

/** Who only commented is known by their user name, everybody else by their profile's name. */
async function openThread(page: Page, { name }: Customer): Promise<void> {
  await page.goto(inbox);
  await page.getByRole("link", { name: new RegExp(name.replace(" ", "[ .]"), "i") }).click();
}

/** Walks through the platform's own page, as the owner of this account. */
async function allow(page: Page, username: string): Promise<void> {
  await page.getByLabel("Nom du compte").fill(username);
  await page.getByRole("button", { name: "Autoriser" }).click();
}

test("Instagram from nothing by signing in there: messages, stories, comments, echoes, and what is unsent", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = follower("Lison");
  const name = `Instagram ${customer.name}`;
  await page.goto(`${tenant}/settings/channels/new`);
  await page.locator("input[name=provider][value=instagram]").check();
  await page.getByLabel("Nom du canal").fill(name);
  await page.getByRole("button", { name: "Commencer" }).click();
  await page.getByRole("button", { name: "Se connecter avec Instagram" }).click();
  await page.getByRole("button", { name: "Refuser" }).click();
  await expect(page.getByText("L’accès n’a pas été accordé chez la plateforme")).toBeVisible();
  await page.goto(`${tenant}/settings/channels`);
  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Se connecter avec Instagram" }).click();
  await allow(page, handleOf(customer));
  await page.getByRole("button", { name: "C’est fait, passer au test" }).click();
  await passTest(page);
  await page.getByRole("button", { name: "Continuer" }).click();
  await page.getByRole("button", { name: "Terminer" }).click();
  await expect(page.getByText(`Ce canal tient son accès du compte ${handleOf(customer)}`)).toBeVisible();

  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  await writeFrom(phone, "Elle est à vendre ?", { as: "comment" });
  await openThread(page, customer);
  await expect(said(page, "Elle est à vendre ?")).toContainText("Commentaire public");
  await answer(page, "Oui, 120 €, livrée.");
  await expect(thread(page).getByText("Réponse privée à son commentaire")).toBeVisible();
  await expect(page.getByText("Son commentaire a reçu la seule réponse privée")).toBeVisible();

  await writeFrom(phone, "Parfait, je la prends !");
  await expect(said(page, "je la prends")).toBeVisible();
  await answer(page, "Merci ! Nous l’emballons.");
  await expect(shown(phone, "Nous l’emballons")).toBeVisible();
  await expect(said(page, "Nous l’emballons").getByText("lu")).toBeVisible();
  await shown(phone, "Nous l’emballons").getByRole("button", { name: "Réagir 👍" }).click();
  await expect(page.getByRole("img", { name: "Réaction 👍" })).toBeVisible();

  await writeFrom(phone, "J’adore cette lampe", { as: "story_reply" });
  await expect(said(page, "J’adore cette lampe")).toContainText("Répond à votre story");
  await writeFrom(phone, "", { as: "story_mention" });
  await expect(thread(page).getByText("Vous mentionne dans sa story")).toBeVisible();
  await phone.getByLabel("Écrire comme").selectOption("business");
  await phone.getByRole("textbox", { name: "Message", exact: true }).fill("Écrit dans l’application");
  await phone.getByRole("button", { name: "Envoyer" }).click();
  await expect(said(page, "Écrit dans l’application")).toBeVisible();

  await shown(phone, "je la prends").getByRole("button", { name: "Annuler l’envoi" }).click();
  await expect(thread(page).getByText("je la prends")).toHaveCount(0);
});

test("Instagram by copied credentials: a person answers for seven days, then nobody, and reads why", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = follower("Basile");
  const name = `Instagram ${customer.name}`;
  const token = `IGAA-jeton-copie-${handleOf(customer)}`;
  const credentials = { username: `@${handleOf(customer)}`, access_token: token };
  await connectChannel(page, { provider: "instagram", name, credentials });
  expect(await page.content()).not.toContain(token);
  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  await writeFrom(phone, "Une question d’hier", { hoursAgo: "36" });
  await openThread(page, customer);
  await expect(page.getByText("Instagram accepte encore une réponse écrite par une personne")).toBeVisible();
  await answer(page, "Bonjour, pardon pour l’attente.");
  await expect(shown(phone, "pardon pour l’attente")).toBeVisible();

  const late = follower("Octave");
  await takePhone(phone, late, new RegExp(name));
  await writeFrom(phone, "Une question de la semaine passée", { hoursAgo: "192" });
  await openThread(page, late);
  await expect(page.getByText("n’a pas écrit depuis plus de 7 jours")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /Répondre/ })).toHaveCount(0);
});

test("Instagram broken at Meta: each time the page says what happened and what to do", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = follower("Rosalie");
  const name = `Instagram ${customer.name}`;
  const { path } = await connectChannel(page, { provider: "instagram", name });
  const phone = await otherPage(admin);
  await takePhone(phone, customer, new RegExp(name));
  const change = (label: string) => changeAtProvider(phone, label);
  await writeFrom(phone, "Bonjour !");
  await change("Renouveler le secret");
  await writeFrom(phone, "Vous me lisez ?");
  await expect(page.getByText("avec une signature fausse")).toBeVisible();
  await change("Renouveler le secret");
  await phone.getByLabel("Jeton de vérification").fill("un-jeton-mal-copié");
  await phone.getByRole("button", { name: "Vérifier et enregistrer" }).click();
  await expect(phone.getByText("Adresse refusée")).toBeVisible();
  await expect(page.getByText("a présenté un autre jeton de vérification")).toBeVisible();

  await change("Révoquer le jeton d’accès");
  await page.getByRole("button", { name: /Lancer le test|Relancer le test/ }).click();
  await expect(page.getByText("Le jeton est refusé : il a expiré ou a été révoqué")).toBeVisible();
  await expect(page.getByText("Le fournisseur ne montre pas son réglage")).toBeVisible();
  await openThread(page, customer);
  await answer(page, "Votre lampe est prête.");
  await expect(said(page, "Votre lampe est prête.")).toBeVisible();
  await page.goto(path);
  await expect(page.getByText("1 message partira quand ce sera réglé")).toBeVisible();
  await page.locator("input[name=access_token]").fill(`IGAA-un-nouveau-jeton-${handleOf(customer)}`);
  await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
  await expect(shown(phone, "Votre lampe est prête.")).toBeVisible();
});

test("accounts are connected by signing in, taken back, connected again, and disconnected with the effect named", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn(admin);
  const customer = follower("Ninon");
  const handle = handleOf(customer);
  await page.goto(`${tenant}/settings/connections`);
  const card = page.getByRole("listitem").filter({ hasText: `@${handle}` });
  await page.getByRole("button", { name: "Se connecter avec Instagram" }).click();
  await allow(page, handle);
  await expect(page.getByText(`${handle} est relié`)).toBeVisible();
  await card.getByRole("button", { name: "Créer son canal" }).click();
  await expect(page.getByRole("button", { name: "C’est fait, passer au test" })).toBeVisible();
  const channel = page.url();

  const owner = await otherPage(admin);
  await owner.goto("/simulator/api/instagram/oauth/permissions");
  await owner.getByRole("button", { name: `Retirer l’accès de @${handle}` }).click();
  await page.getByRole("button", { name: "C’est fait, passer au test" }).click();
  await page.getByRole("button", { name: "Lancer le test" }).click();
  await expect(page.getByText("Le jeton est refusé : il a expiré ou a été révoqué")).toBeVisible();
  await page.goto(`${tenant}/settings/connections`);
  await card.getByRole("button", { name: "Reconnecter" }).click();
  await allow(page, handle);
  await page.goto(channel);
  await passTest(page);

  await page.goto(`${tenant}/settings/connections`);
  await card.getByRole("link", { name: "Déconnecter" }).click();
  await expect(card.getByText("1 canal n’enverra ni ne recevra plus")).toBeVisible();
  await card.getByRole("button", { name: "Déconnecter" }).click();
  await expect(card.getByText("Vous avez déconnecté ce compte")).toBeVisible();

  await page.getByRole("button", { name: "Se connecter avec Facebook" }).click();
  await page.getByLabel("Nom de l’entreprise").fill(`Atelier ${handle}`);
  const last = String(Math.floor(Math.random() * 10_000)).padStart(4, "0");
  const number = `+33 1 99 00 ${last.slice(0, 2)} ${last.slice(2)}`;
  await page.getByLabel("Ses numéros WhatsApp").fill(`+33 1 99 00 99 99, ${number}`);
  await page.getByRole("button", { name: "Autoriser" }).click();
  await page.getByRole("radio", { name: new RegExp(number.replace("+", "\\+")) }).check();
  await page.getByRole("button", { name: "Relier ce compte" }).click();
  const whatsapp = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: number }) });
  await whatsapp.getByRole("button", { name: "Créer son canal" }).click();
  await page.getByRole("button", { name: "C’est fait, passer au test" }).click();
  await passTest(page);
});
