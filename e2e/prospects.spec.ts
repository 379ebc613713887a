import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { faultsOf, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import { newDigits } from "./numbers.ts";
import { databaseIn } from "./program.ts";

const prospects = "/t/atelier-lumen/prospects";
const folder = process.env.GUICHET_TEST_DATA ?? "";
const column = (of: Page, name: string) => of.getByRole("region", { name: new RegExp(`^${name}`) });
const card = (within: Locator, name: string) => within.getByRole("link", { name, exact: true });

/** Somebody of a name and number that no other test uses. */
function somebody(who: string) {
  const digits = newDigits();
  return { name: `${who} ${digits}`, phone: `+33 6 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}` };
}

/** Writes somebody new down; without JavaScript too. */
async function note(page: Page, { name, phone }: { name: string; phone: string }, owner: string): Promise<void> {
  await page.goto(`${prospects}/new`);
  await page.getByLabel("Nom", { exact: true }).fill(name);
  await page.getByRole("textbox", { name: /^Téléphone/ }).fill(phone);
  await page.getByRole("combobox", { name: /^Intéressé par/ }).fill("Lustre du salon");
  await page.getByRole("textbox", { name: /^Budget maximum/ }).fill("1 250,50");
  await page.getByRole("combobox", { name: "Responsable" }).selectOption({ label: owner });
  await page.getByRole("button", { name: "Ajouter le prospect" }).click();
  await expect(page.getByRole("heading", { name: `Prospect : ${name}` })).toBeVisible();
}

/** As if the time had come to speak with somebody. */
async function comeTo(name: string): Promise<void> {
  const sql = databaseIn(folder);
  await sql`
    update prospects set next_follow_up_at = now(), remind_at = now()
     where customer_id = (select id from customers where display_name = ${name}) and remind_at is not null`;
  await sql.end();
}

test("somebody who may buy is noted, qualified, followed up, and becomes a client; the owner is told when it is time", async ({
  page,
  signIn,
  otherPage,
}) => {
  const who = somebody("Agathe");
  await signIn("admin");
  const nadia = await otherPage("agent");
  await nadia.goto(`/t/atelier-lumen/notifications`);
  await note(page, who, "Nadia Belkacem");
  await expect(page.getByRole("img", { name: "Score 45 sur 100" })).toBeVisible();
  await expect(page.getByText("jusqu’à 1 250,50 €")).toBeVisible();
  await expect(nadia.getByRole("listitem").filter({ hasText: who.name })).toContainText("vous a confié du travail");

  await page.getByLabel("Nouveau statut").selectOption({ label: "Qualifié" });
  await page.getByLabel("Pourquoi").fill("Chantier en mars");
  await page.getByRole("button", { name: "Changer", exact: true }).click();
  await expect(page.getByText("« Chantier en mars »")).toBeVisible();

  await page.keyboard.press("e");
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel(/^Recontacter le/).fill(`${tomorrow}T10:30`);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("img", { name: "Score 65 sur 100" })).toBeVisible();
  await comeTo(who.name);
  const told = nadia.getByRole("listitem").filter({ hasText: who.name }).filter({ hasText: "à relancer" });
  await expect(told).toHaveCount(1);
  await told.getByRole("button").click();
  await expect(nadia.getByRole("heading", { name: `Prospect : ${who.name}` })).toBeVisible();

  await nadia.getByRole("button", { name: "Convertir en client" }).click();
  await expect(nadia.getByText(/^Devenu client le/).first()).toBeVisible();
  // Camille sees it where she is.
  await expect(page.getByText(/^Devenu client le/).first()).toBeVisible();
  await page.getByRole("link", { name: who.name }).click();
  await expect(page.getByRole("region", { name: "Prospects" })).toContainText("Lustre du salon");
  await expect(page.getByText("Client", { exact: true }).first()).toBeVisible();
  await nadia.getByRole("button", { name: "Annuler la conversion" }).click();
  await expect(nadia.getByText("Conversion annulée")).toBeVisible();
  await expect(page.getByText("Prospect", { exact: true }).first()).toBeVisible();
});

test("cards are moved by pointer and by keyboard, a colleague sees it, and a client is taken back at once", async ({
  page,
  signIn,
  otherPage,
}) => {
  const who = somebody("Basile");
  await signIn("admin");
  await note(page, who, "Camille Roux");
  const colleague = await otherPage("agent");
  await colleague.goto(`${prospects}/board`);
  await page.goto(`${prospects}/board`);
  await card(column(page, "Nouveau"), who.name).dragTo(column(page, "À relancer"));
  await expect(card(column(page, "À relancer"), who.name)).toBeVisible();
  await expect(card(column(colleague, "À relancer"), who.name)).toBeVisible();

  await card(column(page, "À relancer"), who.name).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  // A notice stays as long as one points at it.
  await page.getByRole("button", { name: "Annuler", exact: true }).hover();
  await expect(card(column(page, "Client"), who.name)).toBeFocused();
  await expect(card(column(colleague, "Client"), who.name)).toBeVisible();

  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await expect(card(column(page, "À relancer"), who.name)).toBeVisible();
  await expect(card(column(colleague, "À relancer"), who.name)).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: `Déplacer ${who.name}` }).click();
  await page.getByRole("menuitemcheckbox", { name: "Qualifié" }).click();
  await expect(card(column(page, "Qualifié"), who.name)).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(await faultsOf(page)).toEqual([]);

  // A client is none by being dragged away: the refusal puts the card back.
  await card(column(page, "Qualifié"), who.name).focus();
  for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await expect(card(column(page, "Client"), who.name)).toBeFocused();
  await expect(card(column(colleague, "Client"), who.name)).toBeVisible();
  for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await expect(page.getByText(/Annulez d’abord sa conversion/).first()).toBeVisible();
  await expect(card(column(page, "Client"), who.name)).toBeVisible();
});

test("figures open the rows behind them, and the files say the same", async ({ page, signIn }) => {
  await signIn("admin");
  const cell = page.getByRole("link", { name: /^Agent vocal, Qualifiés/ });
  // All of one moment: callers of other tests are qualified meanwhile.
  await expect(async () => {
    await page.goto(`${prospects}/figures?days=365`);
    const counted = Number(await cell.innerText());
    const file = (await download(page)).split("\r\n");
    expect(file.find((line) => line.includes(",voice_agent,"))?.split(",")[3]).toBe(String(counted));
    await cell.click();
    await expect(page).toHaveURL(/stage=qualified/);
    await expect(page.getByRole("row")).toHaveCount(counted + 1, { timeout: 5_000 });
    const links = await page.locator("tbody a.row-link").allTextContents();
    const names = (await download(page))
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]!);
    expect(links).toHaveLength(names.length);
    expect(links.filter((link, at) => !link.startsWith(names[at]!))).toEqual([]);
  }).toPass();
});

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Exporter en CSV" }).click(),
  ]);
  return readFile(await file.path(), "utf8");
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("a prospect is noted, changed and converted", async ({ page, context, baseURL }) => {
    await context.request.post(`${baseURL}/sign-in`, {
      form: { email: "camille@atelier-lumen.example", password: "guichet-demo" },
      headers: { origin: baseURL ?? "" },
      maxRedirects: 0,
    });
    const who = somebody("Carmen");
    await page.goto(`${prospects}/new`);
    await page.getByRole("button", { name: "Ajouter le prospect" }).click();
    await expect(page.getByText("Ce champ est obligatoire").first()).toBeVisible();
    await note(page, who, "Camille Roux");
    await page.getByLabel("Nouveau statut").selectOption({ label: "Perdu" });
    await page.getByRole("button", { name: "Changer", exact: true }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "Nouveau → Perdu" })).toBeVisible();
    await page.getByLabel("Nouveau statut").selectOption({ label: "Qualifié" });
    await page.getByRole("button", { name: "Changer", exact: true }).click();
    await page.getByRole("button", { name: "Convertir en client" }).click();
    await expect(page.getByRole("button", { name: "Annuler la conversion" })).toBeVisible();
    await page.goto(`${prospects}?status=converted`);
    await expect(page.getByRole("link", { name: who.name })).toBeVisible();
  });
});
