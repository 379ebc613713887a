import type { Page } from "@playwright/test";
import { connectedLine, faultInHandler, messagePost, postTo, signedFor } from "./broken-posts.ts";
import { beginChannel, credentialsTaken, typeCredentials } from "./connect-channel.ts";
import { expect, test } from "./fixtures.ts";
import { event, findEvent, findEventThatWorked, logs, readInInbox, replay, steps } from "./log-pages.ts";

/** An admin is told "my customer says they wrote", finds what came in, reads why it went wrong, and mends it. */
test.describe.configure({ mode: "parallel" });

const admin = "Atelier Lumen, admin";
test("a wrong signature: the secret is corrected, the message arrives", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Signature");
  const text = `Ma lampe est-elle prête ? ${line.word}`;
  // An attempt before has given its channel another.
  const secret = `the-secret-of-today-${line.word}`;
  expect(await postTo(line, messagePost(line, text), secret)).toBe(200);
  await findEvent(page, line.spoken, "Signature fausse");
  await expect(event(page)).toContainText("Aucun secret de cette entreprise ne donne cette signature");
  await expect(event(page)).toContainText("Ce canal observe");
  const address = page.url();
  await steps(page).getByRole("link", { name: "Corriger le secret" }).click();
  await expect(page).toHaveURL(/settings\/channels\/.*#credentials$/);
  await typeSecret(page, secret);
  await page.goto(address);
  await expect(event(page)).toContainText("il a été corrigé depuis");
  await replay(page);
  await readInInbox(page, text);
});

async function typeSecret(page: Page, secret: string): Promise<void> {
  const folded = page.locator("form#credentials details:not([open]) > summary");
  if ((await folded.count()) > 0) await folded.click();
  await page.locator("form#credentials [name=app_secret]").fill(secret);
  const saved = credentialsTaken(page);
  await page.getByRole("button", { name: "Enregistrer les identifiants" }).click();
  expect((await saved).ok()).toBe(true);
}

test("a channel observes, enforces by one press, and takes it back by another", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Observation");
  const wrong = () => postTo(line, messagePost(line, "Bonjour"), "wrong");
  expect(await wrong()).toBe(200);
  await findEvent(page, line.spoken, "Signature fausse");
  await steps(page).getByRole("button", { name: "Exiger les signatures" }).click();
  await expect(steps(page)).toContainText("Les signatures sont exigées");
  await expect.poll(wrong).toBe(401);
  await page.getByRole("button", { name: "Annuler" }).click();
  await expect(steps(page)).toContainText("Ce canal observe");
  await expect.poll(wrong).toBe(200);
  await page.goto(line.path);
  const signatures = page.locator("#signatures");
  await expect(signatures.getByRole("link", { name: /signatures? fausses? depuis 24 heures/ })).toBeVisible();
  await signatures.getByRole("button", { name: "Exiger les signatures" }).click();
  await expect(signatures).toContainText("Les signatures sont exigées");
  await expect.poll(wrong).toBe(401);
});

test("no signature: the way to turn signing on, and what is written next arrives", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Sans signature");
  await postTo(line, messagePost(line, "Personne ne m’a répondu"), null);
  await findEvent(page, line.spoken, "Signature absente");
  await steps(page).getByRole("link", { name: "Voir comment faire signer" }).click();
  await expect(page).toHaveURL(/#webhook$/);
  await expect(page.locator("#webhook").getByText("/webhooks/whatsapp/").first()).toBeVisible();
  const text = `Je réécris donc ${line.word}`;
  await postTo(line, messagePost(line, text));
  await findEventThatWorked(page, line.spoken);
  await readInInbox(page, text);
});

test("an unknown account: it is connected, the message arrives there", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Premier compte");
  const second = {
    phone_number_id: `9${line.credentials.phone_number_id!.slice(1)}`,
    app_secret: "secret-of-the-second",
  };
  const text = `C’est l’autre numéro ${line.word}`;
  const theirs = { ...line, credentials: { ...line.credentials, ...second } };
  await postTo(line, messagePost(theirs, text), second.app_secret);
  await findEvent(page, line.spoken, "Compte inconnu");
  const address = page.url();
  await expect(event(page)).toContainText(second.phone_number_id);
  await steps(page).getByRole("link", { name: "Connecter ce compte" }).click();
  await expect(page.locator("input[name=provider][value=whatsapp]")).toBeChecked();
  const channel = await beginChannel(page, { provider: "whatsapp", name: `Second compte ${line.word}` });
  await typeCredentials(page, channel, second);
  await page.goto(address);
  await replay(page);
  await readInInbox(page, text);
});

test("a number that was connected too late: what came before is found again, and becomes work", async ({
  page,
  signIn,
  baseURL,
}) => {
  await signIn(admin);
  const line = await connectedLine(page, "Trop tard", "whatsapp", { connect: false });
  const text = `Personne ne répond ${line.word}`;
  expect(await postTo({ ...line, url: `${baseURL}/webhooks/whatsapp` }, messagePost(line, text))).toBe(200);
  await page.goto(`${logs}?${new URLSearchParams({ q: line.spoken })}`);
  await expect(page.getByText("la page du canal peut le chercher")).toBeVisible();
  await line.connect();
  await page.goto(line.path);
  await page.getByRole("button", { name: "Chercher ce qui est arrivé avant" }).click();
  await expect(page.getByText("1 événement retrouvé")).toBeVisible();
  await findEventThatWorked(page, line.spoken);
  await readInInbox(page, text);
});

test("a duplicate: the first delivery is one press away", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Doublon");
  const text = `Une seule fois ${line.word}`;
  const post = messagePost(line, text);
  await postTo(line, post);
  await postTo(line, post);
  await findEvent(page, line.name, "Déjà reçu");
  await steps(page).getByRole("link", { name: "Voir la première livraison" }).click();
  await expect(event(page).locator("header").getByText("Traité", { exact: true })).toBeVisible();
  await expect(event(page).getByRole("region", { name: "Événements liés" })).toContainText("Doublon");
  await readInInbox(page, text);
});

test("an unsupported type: its content is read, its customer answered", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Non géré");
  await postTo(line, messagePost(line, "Bonjour"));
  await findEventThatWorked(page, line.spoken);
  const text = `Venue d’un type nouveau ${line.word}`;
  await postTo(line, messagePost(line, text, { id: undefined }));
  await findEvent(page, line.spoken, "Type non géré");
  await steps(page).getByRole("link", { name: "Lire la requête" }).click();
  await expect(event(page).getByRole("region", { name: "Requête" })).toContainText(text);
  await steps(page)
    .getByRole("link", { name: `Ouvrir la fiche de ${line.name}` })
    .click();
  await expect(page.getByRole("heading", { name: line.name })).toBeVisible();
});

test("too old: a person who knows the caller takes it all the same", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Ancien", "retell");
  const call = {
    event: "call_started",
    call: {
      call_id: `call_${line.word}${Date.now()}`,
      call_type: "phone_call",
      agent_id: line.credentials.agent_id,
      call_status: "ongoing",
      direction: "inbound",
      from_number: line.phone,
      to_number: "+33199001234",
      start_timestamp: Date.now() - 3_600_000,
    },
  };
  await postTo(line, JSON.stringify(call), line.secret, new Date(Date.now() - 3_600_000));
  await findEvent(page, line.spoken, "Trop ancien");
  await expect(event(page)).toContainText("La signature est bonne");
  await replay(page);
  await event(page).getByRole("link", { name: "Appel", exact: true }).click();
  await expect(page).toHaveURL(/\/calls\//);
});

test("a fault of ours: mended, the message is replayed", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Panne");
  const text = `Rien ne marche ${line.word}`;
  const fault = await faultInHandler(text);
  try {
    await postTo(line, messagePost(line, text));
    await findEvent(page, line.spoken, "Erreur de traitement");
    await expect(event(page)).toContainText("a fault of ours");
  } finally {
    await fault.mend();
  }
  await replay(page);
  await readInInbox(page, text);
});

test("a channel without a secret: its set-up is finished, the message arrives", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Inachevé", "whatsapp", { connect: false });
  const text = `J’écris trop tôt ${line.word}`;
  await postTo(line, messagePost(line, text));
  await findEvent(page, line.spoken, "Canal sans secret");
  const address = page.url();
  await steps(page).getByRole("link", { name: "Terminer la mise en place" }).click();
  await expect(page.locator("form#credentials")).toBeVisible();
  await typeCredentials(page, { channelId: line.channelId, path: line.path }, line.credentials);
  await page.goto(address);
  await replay(page);
  await readInInbox(page, text);
});

test("a wrong verify token: the right one is copied, and accepted", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Jeton");
  const ask = async (token: string) => {
    const query = { "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444" };
    return (await fetch(`${line.url}?${new URLSearchParams(query)}`)).status;
  };
  expect(await ask("guessed")).toBe(403);
  await page.goto(`${logs}?${new URLSearchParams({ channel: line.channelId })}`);
  await page.getByRole("table").locator("tbody tr").filter({ hasText: "Rejeté" }).getByRole("link").click();
  await expect(event(page)).toContainText("Jeton de vérification faux");
  await steps(page).getByRole("link", { name: "Copier le jeton de vérification" }).click();
  const webhook = page.locator("#webhook");
  await webhook.getByRole("button", { name: "Afficher" }).click();
  const token = webhook.getByText("Jeton de vérification", { exact: true }).locator("xpath=..").locator("code");
  await expect(token).toHaveText(/^[\w-]{8,}$/);
  expect(await ask((await token.textContent())!)).toBe(200);
  await expect(webhook.getByText("Adresse vérifiée par le fournisseur.")).toBeVisible();
});

test("unreadable content: who wrote it, and the address to give them", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Illisible");
  await postTo(line, `ce n’est pas du JSON ${line.word}`, null);
  await page.goto(`${logs}?${new URLSearchParams({ q: line.word })}`);
  await page.getByRole("link", { name: new RegExp(`Chercher « ${line.word} » dans le contenu`) }).click();
  await page.getByRole("table").locator("tbody tr").first().getByRole("link").click();
  await expect(event(page)).toContainText("Contenu illisible");
  await expect(event(page).getByRole("region", { name: "Requête" })).toContainText("user-agent: caisse/1.0");
  await steps(page).getByRole("link", { name: "Vérifier l’adresse à donner" }).click();
  await expect(page.locator("#webhook").getByText("/webhooks/whatsapp/").first()).toBeVisible();
});

test("too large: what is kept of it, and others like it", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Trop gros");
  expect(await postTo(line, "x".repeat(4 * 1024 * 1024 + 1), null)).toBe(413);
  await page.goto(`${logs}?${new URLSearchParams({ channel: line.channelId })}`);
  await page.getByRole("table").locator("tbody tr").first().getByRole("link").click();
  await expect(event(page)).toContainText("Trop volumineux");
  await steps(page).getByRole("link", { name: "Voir les semblables" }).click();
  await expect(page).toHaveURL(/reason=too_large/);
  await expect(page.getByRole("table").locator("tbody tr")).toHaveCount(1);
});

test("a paused channel: resumed from the event, the message arrives", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "Pause");
  await line.pause();
  const text = `Êtes-vous ouverts ? ${line.word}`;
  await postTo(line, messagePost(line, text));
  await findEvent(page, line.spoken, "Canal en pause");
  await steps(page).getByRole("button", { name: "Remettre le canal en service" }).click();
  await expect(steps(page)).toContainText("Le canal est en service");
  await replay(page);
  await readInInbox(page, text);
});

test("a status before its message: it settles once the message is there", async ({ page, signIn }) => {
  await signIn(admin);
  const line = await connectedLine(page, "En avance");
  const id = `wamid.${line.word}`;
  const value = { statuses: [{ id, status: "delivered", timestamp: line.now(), recipient_id: line.phone.slice(1) }] };
  await postTo(line, signedFor(line, "messages", value));
  await findEvent(page, id, "En attente de son message");
  await steps(page).getByRole("link", { name: "Voir les événements liés" }).click();
  const echo = {
    from: line.credentials.display_phone_number!.slice(1),
    to: line.phone.slice(1),
    id,
    timestamp: line.now(),
    type: "text",
    text: { body: `Écrit depuis le téléphone ${line.word}` },
  };
  await postTo(line, signedFor(line, "smb_message_echoes", { message_echoes: [echo] }));
  await expect(event(page)).not.toContainText("En attente de son message");
  await readInInbox(page, `Écrit depuis le téléphone ${line.word}`);
});
