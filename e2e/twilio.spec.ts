import type { Page } from "@playwright/test";
import type { ConnectedChannel } from "./connect-channel.ts";
import { connectChannel } from "./connect-channel.ts";
import type { Customer } from "./customer.ts";
import { changeAtProvider, knownAs, newCustomer } from "./customer.ts";
import { expect, test } from "./fixtures.ts";
import { picture } from "./picture.ts";

const inbox = "/t/atelier-lumen/inbox";
const member = "Atelier Lumen, admin";

test.beforeEach(({ signIn }) => signIn(member));

/** A channel's name that no attempt before took. */
const newName = (name: string) => `${name} ${Date.now().toString(36)}`;

/** The customer's phone on this line, in the simulator. */
async function phoneOn(page: Page, { channelId }: ConnectedChannel, { name, phone }: Customer) {
  await page.goto(`/simulator?${new URLSearchParams({ line: channelId, phone, name }).toString()}`);
  const log = page.getByRole("log");
  const send = page.getByRole("button", { name: "Envoyer", exact: true });
  return {
    log,
    write: async (text: string, { hoursAgo = 0 } = {}) => {
      if (hoursAgo > 0) await page.getByLabel("Quand").selectOption(String(hoursAgo));
      await page.getByLabel("Message", { exact: true }).fill(text);
      await send.click();
      await expect(log.getByText(text, { exact: true })).toBeVisible();
    },
    sendPicture: async (name: string, text: string) => {
      await page.getByLabel("Joindre un fichier").setInputFiles(picture(name));
      await page.getByLabel("Message", { exact: true }).fill(text);
      await send.click();
      await expect(log.getByRole("article").filter({ hasText: text })).toContainText(name);
    },
    change: async (fault: string, on: boolean) => {
      await changeAtProvider(page, fault);
      await expect(page.getByRole("switch", { name: fault })).toBeChecked({ checked: on });
    },
  };
}

/** Opens the customer's thread: a text says nobody's name, so they are known by their number. */
async function openThread(page: Page, customer: Customer): Promise<void> {
  const known = knownAs(customer);
  await page.goto(inbox);
  await page.getByRole("link", { name: known }).first().click();
  await expect(page.getByRole("heading", { name: known }).first()).toBeVisible();
}

async function reply(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Répondre/ }).fill(text);
  await page.keyboard.press("Control+Enter");
}

const thread = (page: Page) => page.getByRole("region", { name: "Messages échangés" });
const said = (page: Page, text: string) => thread(page).locator(".bubble").filter({ hasText: text });

test("texts: a number is connected from nothing; words and pictures go both ways; the rule answers at once", async ({
  page,
  otherPage,
}) => {
  const channel = await connectChannel(page, { provider: "twilio", name: newName("SMS de l’atelier") });
  await page.getByRole("textbox", { name: "Texte envoyé" }).fill("Merci, nous arrivons.");
  const immediate = page.locator("form", { has: page.locator("[value=autoReply]") });
  await immediate.getByRole("button", { name: "Enregistrer" }).click();
  await expect(immediate.getByText("Enregistré")).toBeVisible();

  const customer = newCustomer("Texto");
  const phone = await phoneOn(await otherPage(member), channel, customer);
  await phone.write("Bonjour, réparez-vous les lampes ?");
  await expect(phone.log.getByText("Merci, nous arrivons.")).toHaveCount(1);

  await openThread(page, customer);
  await expect(thread(page).getByText("Merci, nous arrivons.")).toBeVisible();
  await reply(page, "Oui, en une semaine.");
  await expect(phone.log.getByRole("article").filter({ hasText: "Oui, en une semaine." })).toContainText("distribué");
  await phone.sendPicture("abat-jour.png", "Voici l’abat-jour");
  await expect(said(page, "Voici l’abat-jour").getByRole("img")).toBeVisible();
  await page.getByTestId("attach").setInputFiles(picture("devis.png"));
  await reply(page, "Le devis en image");
  await expect(phone.log.getByRole("article").filter({ hasText: "Le devis en image" })).toContainText(/Image|devis/);
  await expect(said(page, "Le devis en image").getByText("distribué")).toBeVisible();
});

test("calls: greeted, nobody there, and the message that is left is heard in the thread", async ({
  page,
  otherPage,
}) => {
  const channel = await connectChannel(page, {
    provider: "twilio",
    name: newName("Téléphone de l’atelier"),
    credentials: { use: "phone" },
  });
  await expect(page.getByText("Message d’absence")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Répondre aux appels" }).check();
  await page.getByRole("textbox", { name: "Accueil" }).fill("Bonjour, vous êtes bien à l’atelier.");
  await page.getByRole("radio", { name: "Faire sonner un autre numéro" }).check();
  const calls = page.locator("form", { has: page.locator("[value=voice]") });
  await page.getByLabel("Numéro à faire sonner").fill("douze");
  await calls.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Ce numéro de téléphone n’est pas valide.")).toBeVisible();
  await page.getByLabel("Numéro à faire sonner").fill("01 99 00 56 78");
  await calls.getByRole("button", { name: "Enregistrer" }).click();
  await expect(calls.getByText("Enregistré")).toBeVisible();

  const customer = newCustomer("Appel");
  const telephone = await otherPage(member);
  await telephone.goto(
    `/simulator?${new URLSearchParams({ line: channel.channelId, phone: customer.phone, name: customer.name }).toString()}`,
  );
  const heard = telephone.getByRole("log", { name: "Ce qui se dit" });
  await telephone.getByRole("button", { name: "Appeler" }).click();
  await expect(heard).toContainText("Bonjour, vous êtes bien à l’atelier.");
  await expect(heard).toContainText("+33199005678");
  await expect(heard).toContainText("Laissez-nous un message après le bip.");
  await telephone.getByRole("textbox", { name: "Dites quelque chose" }).fill("Mon lustre est prêt ? Rappelez-moi.");
  await telephone.getByRole("button", { name: "Dire" }).click();
  await expect(heard).toContainText("Mon lustre est prêt ?");
  await telephone.getByRole("button", { name: "Raccrocher" }).click();

  await openThread(page, customer);
  const call = thread(page).locator(".bubble").last();
  await expect(call).toContainText("Message laissé sur le répondeur");
  const player = call.locator("audio");
  await expect(player).toBeVisible();
  const played = await page.request.get((await player.getAttribute("src"))!);
  expect([played.status(), played.headers()["content-type"]]).toEqual([200, "audio/mpeg"]);
});

test("what breaks it is explained: another address, a renewed token on both ways, and the new one mends it", async ({
  page,
  otherPage,
}) => {
  const channel = await connectChannel(page, { provider: "twilio", name: newName("SMS fragile") });
  const customer = newCustomer("Fragile");
  const phone = await phoneOn(await otherPage(member), channel, customer);
  await phone.write("Bonjour !");

  await phone.change("Saisir une autre adresse", true);
  const run = page.getByRole("button", { name: /Lancer le test|Relancer le test/ });
  await run.click();
  await expect(page.getByText("Une autre adresse est enregistrée. Remplacez-la par la nôtre")).toBeVisible();
  await phone.change("Saisir une autre adresse", false);

  await phone.change("Révoquer le jeton d’accès", true);
  await phone.write("Toujours ouverts ?");
  await run.click();
  await expect(page.getByText("Le jeton est refusé")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Un message est arrivé avec une signature fausse.")).toBeVisible();
  await openThread(page, customer);
  await reply(page, "Oui, jusqu’à 19 h.");
  await expect(page.getByText("Oui, jusqu’à 19 h.")).toBeVisible();
  await page.goto(channel.path);
  await expect(page.getByText("Le fournisseur refuse vos identifiants.")).toBeVisible();
  await expect(page.getByText("1 message partira quand ce sera réglé")).toBeVisible();

  await page.locator("form#credentials [name=auth_token]").fill("un-jeton-tout-neuf-0123");
  await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
  await expect(phone.log.getByText("Oui, jusqu’à 19 h.")).toBeVisible();
  await phone.write("Merci, à tout à l’heure.");
  await openThread(page, customer);
  await expect(thread(page).getByText("Merci, à tout à l’heure.")).toBeVisible();
});

test("whoever writes STOP is not written to, which is said; START opens the line again", async ({
  page,
  otherPage,
}) => {
  const channel = await connectChannel(page, { provider: "twilio", name: newName("SMS et refus") });
  const customer = newCustomer("Refus");
  const phone = await phoneOn(await otherPage(member), channel, customer);
  await phone.write("STOP");
  await openThread(page, customer);
  await expect(page.getByText("Ce client a demandé à ne plus recevoir de messages sur ce canal.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /Répondre/ })).toHaveCount(0);
  await phone.write("START");
  await expect(page.getByText("Ce client a demandé à ne plus recevoir")).toHaveCount(0);
  await reply(page, "Bon retour parmi nous.");
  await expect(phone.log.getByText("Bon retour parmi nous.")).toBeVisible();
});

test("WhatsApp through Twilio: a closed window is explained, and an approved template still leaves", async ({
  page,
  otherPage,
}) => {
  const channel = await connectChannel(page, {
    provider: "twilio",
    name: newName("WhatsApp par Twilio"),
    credentials: { use: "whatsapp" },
  });
  const customer = newCustomer("Fenêtre");
  const phone = await phoneOn(await otherPage(member), channel, customer);
  await phone.write("C’était hier", { hoursAgo: 36 });
  await openThread(page, customer);
  await reply(page, "Trop tard ?");
  await expect(page.getByText("Le délai de 24 h après le dernier message du client est passé.").first()).toBeVisible();
  await page.getByText("Envoyer un modèle approuvé").click();
  await page.getByText("retour de message").click();
  await page.getByLabel(/Variable 1/).fill("Camille");
  await page.getByRole("button", { name: "Envoyer le modèle" }).click();
  await expect(phone.log.getByText("Bonjour Camille, nous revenons vers vous.")).toBeVisible();
});
