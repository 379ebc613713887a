import type { Page } from "@playwright/test";
import { customerPhone, said, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const inbox = "/t/atelier-lumen/inbox";
const sending = /\/inbox\/[^/]+\/outgoing$/;
const field = (page: Page) => page.getByRole("textbox", { name: "Répondre" });

const agent = "Atelier Lumen, agent";
test.beforeEach(({ signIn }) => signIn(agent));

/** Signs in who has the longest time to take an answer back: five seconds are short where every page is slow. */
async function signInAsPatient(page: Page, signIn: (note: string) => Promise<void>, origin = ""): Promise<void> {
  await page.context().clearCookies();
  await signIn("Atelier Lumen, owner");
  const answer = await page.request.post("/trpc/profile.chooseUndo", {
    data: { json: { undoSeconds: 10 } },
    headers: { origin, "x-guichet-tenant": "atelier-lumen" },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** A customer of this test's own who wrote, and whose conversation is open. */
async function open(page: Page, baseURL: string | undefined) {
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour");
  await page.goto(inbox);
  await page.getByRole("link", { name: phone.name }).click();
  await expect(said(page, "Bonjour")).toBeVisible();
  return phone;
}

test("cut off in the middle of sending, before or after the server took it: one message arrives, each time", async ({
  page,
  baseURL,
}) => {
  const phone = await open(page, baseURL);
  let taken = 0;
  let cut: "before" | "after" | null = "after";
  await page.route(sending, async (route) => {
    if (cut === null) return route.continue();
    if (cut === "after") {
      await route.fetch();
      taken++;
    }
    cut = null;
    await route.abort("connectionreset");
  });
  await field(page).fill("Pris, mais personne ne l’a su");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Pris, mais").getByText(/distribué/)).toBeVisible();
  expect(taken).toBe(1);
  cut = "before";
  await field(page).fill("Perdu en chemin");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Perdu en chemin").getByText(/distribué/)).toBeVisible();
  for (const text of ["Pris, mais", "Perdu en chemin"]) await expect(said(page, text)).toHaveCount(1);
  const received = (await phone.transcript()).filter((text) => /^(Pris|Perdu)/.test(text));
  expect(received).toEqual(["Pris, mais personne ne l’a su", "Perdu en chemin"]);
});

test("what was written without a connection is kept over a reload, and leaves by itself once", async ({
  page,
  baseURL,
}) => {
  const phone = await open(page, baseURL);
  await page.route(sending, (route) => route.abort("internetdisconnected"));
  await field(page).fill("Écrit dans le train");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Écrit dans le train").getByText("en attente de connexion")).toBeVisible();
  await page.unroute(sending);
  await page.route(sending, (route) => route.abort("internetdisconnected"), { times: 1 });
  await page.reload();
  await expect(said(page, "Écrit dans le train").getByText(/distribué/)).toBeVisible();
  await expect(said(page, "Écrit dans le train")).toHaveCount(1);
  await expect(field(page)).toHaveValue("");
  expect((await phone.transcript()).filter((text) => text === "Écrit dans le train")).toHaveLength(1);
});

test("an answer taken back in time is in the composer again, and never arrives", async ({ page, baseURL, signIn }) => {
  await signInAsPatient(page, signIn, baseURL);
  const phone = await open(page, baseURL);
  await field(page).fill("Parti trop vite");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Annuler l’envoi" }).click();
  await expect(field(page)).toHaveValue("Parti trop vite");
  await expect(said(page, "Parti trop vite")).toHaveCount(0);
  await field(page).fill("Mieux dit");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "Mieux dit").getByText(/distribué/)).toBeVisible({ timeout: 30_000 });
  expect(await phone.transcript()).not.toContain("Parti trop vite");
});

test("words that were taken back are not lost where the thread lets them go before the answer comes", async ({
  page,
  baseURL,
  signIn,
}) => {
  await signInAsPatient(page, signIn, baseURL);
  const phone = await open(page, baseURL);
  await page.route(/\/inbox\/[^/]+\.data/, async (route) => {
    if (!route.request().postData()?.includes("take-back")) return route.continue();
    const answer = await route.fetch();
    await expect(said(page, "Repris à temps")).toHaveCount(0);
    await route.fulfill({ response: answer });
  });
  await field(page).fill("Repris à temps");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Annuler l’envoi" }).click();
  await expect(field(page)).toHaveValue("Repris à temps");
  expect(await phone.transcript()).not.toContain("Repris à temps");
});

test("an answer for tomorrow morning is listed with its time, edited, planned again and sent at once", async ({
  page,
  baseURL,
}) => {
  await open(page, baseURL);
  const plan = async (text: string) => {
    await field(page).fill(text);
    await page.getByLabel("Envoyer plus tard").first().click();
    await page.getByText("Sauf si le client répond d’ici là").click();
    await page.getByRole("button", { name: "Programmer l’envoi" }).click();
  };
  await field(page).fill("Pour demain");
  await page.getByLabel("Envoyer plus tard").first().click();
  await page.getByRole("radio", { name: "Un autre moment" }).check();
  await page.getByLabel("Jour et heure d’envoi").fill(inTwoHours());
  await page.getByRole("button", { name: "Programmer l’envoi" }).click();
  await expect(said(page, "Pour demain").getByText(/partira/)).toBeVisible();
  await page.getByRole("button", { name: "Modifier" }).click();
  await expect(field(page)).toHaveValue("Pour demain");
  await plan("Pour demain, mieux dit");
  await expect(said(page, "mieux dit").getByText(/sauf réponse du client/)).toBeVisible();
  await page.getByRole("button", { name: "Envoyer maintenant" }).click();
  await expect(said(page, "mieux dit").getByText(/distribué/)).toBeVisible();
  await expect(thread(page).getByText(/partira/)).toHaveCount(0);
});

test("what is being written is there on another device, and marked in the list", async ({
  page,
  baseURL,
  otherPage,
}) => {
  const phone = await open(page, baseURL);
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.ok());
  await field(page).fill("Une phrase à finir");
  await saved;
  const device = await otherPage("agent");
  await device.goto(inbox);
  await expect(device.getByRole("listitem").filter({ hasText: phone.name })).toContainText("Brouillon : Une phrase");
  await device.getByRole("link", { name: phone.name }).click();
  await expect(field(device)).toHaveValue("Une phrase à finir");
  await field(device).press("Control+Enter");
  await expect(said(device, "Une phrase à finir").getByText(/distribué/)).toBeVisible();
  await device.reload();
  await expect(field(device)).toHaveValue("");
});

/** As `datetime-local` takes it, of the shop's zone. */
function inTwoHours(): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(Date.now() + 2 * 3_600_000)).replace(" ", "T");
}
