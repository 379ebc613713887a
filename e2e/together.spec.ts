import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { connectChannel } from "./connect-channel.ts";
import { customerPhone, named, onType, thread } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";
const inbox = `${shop}/inbox`;

const composer = (page: Page) => page.getByRole("textbox", { name: "Répondre" });
const row = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name }).first();

test("two agents see who looks and who writes, on the list and in the thread, and a second answer is asked about", async ({
  page,
  baseURL,
  signIn,
  otherPage,
}) => {
  await signIn("agent");
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour, mon abat-jour est fendu.");
  await page.goto(inbox);
  const other = await otherPage("admin");
  await other.goto(inbox);

  await page.getByRole("link", { name: phone.name }).click();
  await expect(row(other, phone.name).getByText("Nadia regarde")).toBeAttached();
  await other.getByRole("link", { name: phone.name }).click();
  await expect(other.getByRole("status").filter({ hasText: "Nadia regarde" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Camille regarde" })).toBeVisible();

  // Nadia begins; Camille sees it, and is asked before she answers as well.
  await composer(other).fill("Nous le réparons.");
  // Who pauses for six seconds writes no more: she goes on until it is seen.
  const writes = [
    row(other, phone.name).getByText("Nadia écrit…"),
    other.getByRole("status").filter({ hasText: "Nadia écrit…" }),
  ];
  await expect(async () => {
    await composer(page).pressSequentially("vous ");
    for (const place of writes) await expect(place).toBeAttached({ timeout: 2_000 });
  }).toPass();
  const goesOn = composer(page).pressSequentially("quand ".repeat(10), { delay: 100 });
  await other.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(other.getByRole("alert").filter({ hasText: "Nadia Belkacem est en train d’écrire" })).toBeVisible();
  await goesOn;
  await other.getByRole("button", { name: "Attendre" }).click();

  await composer(page).fill("Passez quand vous voulez.");
  await page.keyboard.press("Control+Enter");
  // Hers may still be asked about, as Camille writes too.
  const anyway = page.getByRole("button", { name: "Envoyer quand même" });
  await expect(
    anyway.or(thread(page).locator(".bubble").filter({ hasText: "Passez quand vous voulez." })).first(),
  ).toBeVisible();
  if (await anyway.isVisible()) await anyway.click();
  await expect(thread(other).locator(".bubble").filter({ hasText: "Passez quand vous voulez." })).toBeVisible();

  await other.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(other.getByRole("alert").filter({ hasText: /Nadia Belkacem a répondu/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page: other }).analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
  await other.getByRole("button", { name: "Lire d’abord" }).click();
  await other.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(thread(page).locator(".bubble").filter({ hasText: "Nous le réparons." })).toBeVisible();

  await page.goto(`${inbox}?view=resolved`);
  await expect(other.getByRole("status").filter({ hasText: "Nadia regarde" })).toHaveCount(0);
});

test("a team shares what arrives in turn, seen live by both; who takes a break is given nothing until they are back", async ({
  page,
  baseURL,
  signIn,
  otherPage,
}) => {
  await signIn("admin");
  const word = Date.now().toString(36);
  const channel = await connectChannel(page, { provider: "whatsapp", name: `Ligne ${word}` });

  await page.goto(`${shop}/settings/teams?new`);
  await page.getByLabel("Nom", { exact: true }).fill(`Équipe ${word}`);
  await page.getByRole("button", { name: "Créer l’équipe" }).click();
  await expect(page.getByRole("heading", { name: "Membres", exact: true })).toBeVisible();
  for (const name of ["Camille Roux", "Nadia Belkacem"]) {
    await page.getByLabel("Ajouter à l’équipe").selectOption(name);
    await page.getByRole("button", { name: "Ajouter", exact: true }).click();
    await expect(page.getByRole("button", { name: `Retirer ${name} de l’équipe` })).toBeVisible();
  }
  await page.getByRole("radio", { name: /À tour de rôle/ }).check();
  await page.getByRole("button", { name: "Enregistrer" }).first().click();
  await expect(page.getByText("Enregistré").first()).toBeVisible();

  await page.goto(channel.path);
  await page.getByRole("combobox", { name: "Équipe", exact: true }).selectOption(`Équipe ${word}`);
  await page.getByRole("combobox", { name: /^Qui les reçoit/ }).selectOption("Comme l’équipe le prévoit");
  await page.getByRole("button", { name: "Enregistrer" }).first().click();
  await expect(page.getByText("Enregistré").first()).toBeVisible();

  const nadia = await otherPage("agent");
  for (const who of [page, nadia]) await backAtWork(who, baseURL);
  await Promise.all([page.goto(`${inbox}?view=open`), nadia.goto(`${inbox}?view=open`)]);
  const present = async (who: Page) => expect(who.getByText("en ligne").first()).toBeAttached();
  const arrive = async () => {
    const phone = await customerPhone(page, baseURL, named(`Ligne ${word}`));
    await phone.write("Bonjour, il y a quelqu’un ?");
    return phone.name;
  };
  const has = async (name: string, who: string) => {
    for (const one of [page, nadia]) await expect(row(one, name).getByText(`Attribuée à ${who}`)).toBeAttached();
  };
  // Both are connected, and known to be.
  await expect(async () => {
    const watching = await page.context().newPage();
    await watching.goto(`${shop}/settings/members`);
    for (const name of ["Camille Roux", "Nadia Belkacem"])
      await expect(watching.getByRole("row", { name: new RegExp(name) }).getByText("en ligne")).toBeVisible({
        timeout: 2_000,
      });
    await watching.close();
  }).toPass();
  const [first, second] = [await arrive(), await arrive()];
  const takers: string[] = [];
  for (const name of [first, second]) {
    const text = row(page, name).getByText(/^Attribuée à /);
    await expect(text).toBeAttached();
    takers.push((await text.textContent())?.replace("Attribuée à ", "") ?? "");
  }
  expect(takers.toSorted()).toEqual(["Camille Roux", "Nadia Belkacem"]);
  await has(first, takers[0]!);
  await has(second, takers[1]!);

  const breakOf = async (who: Page, action: string) => {
    await who.getByRole("button", { name: /Votre compte/ }).click();
    await who.getByRole("menuitem", { name: action }).click();
  };
  await breakOf(nadia, "Se mettre en pause");
  await expect(nadia.getByTitle("Vous êtes en pause")).toBeAttached();
  await has(await arrive(), "Camille Roux");
  await has(await arrive(), "Camille Roux");
  await breakOf(page, "Se mettre en pause");
  await expect(page.getByTitle("Vous êtes en pause")).toBeAttached();
  const waiting = await arrive();
  await expect(row(nadia, waiting).getByText(`Équipe ${word}`)).toBeVisible();
  await breakOf(nadia, "Reprendre le travail");
  await has(waiting, "Nadia Belkacem");
  await breakOf(page, "Reprendre le travail");
  await present(await memberPage(page));
});

/** An attempt before may have ended within a break. */
async function backAtWork(page: Page, origin = ""): Promise<void> {
  const headers = { origin, "x-guichet-tenant": "atelier-lumen" };
  const answer = await page.request.post("/trpc/presence.setAway", { data: { json: { away: false } }, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** The members, each with whether they are there. */
async function memberPage(page: Page): Promise<Page> {
  await page.goto(`${shop}/settings/members`);
  return page;
}

test("only the assignee answers where the business says so: the others read, take it, and then may", async ({
  page,
  baseURL,
  signIn,
  otherPage,
}) => {
  // In the business in whose inbox no other test answers.
  const studio = "/t/harlow-studio";
  await signIn("Harlow Studio, owner");
  const phone = await customerPhone(page, baseURL, onType("whatsapp", "harlow-studio"));
  await phone.write("Hello");
  const choose = async (only: boolean) => {
    await page.goto(`${studio}/settings/teams`);
    await page.getByRole("checkbox", { name: /^Only the one/ }).setChecked(only);
    await page.getByRole("button", { name: "Save" }).last().click();
    await expect(page.getByText("Saved")).toBeVisible();
  };
  await choose(true);
  try {
    const priya = await otherPage("Harlow Studio, agent");
    await priya.goto(`${studio}/inbox`);
    await priya.getByRole("link", { name: phone.name }).click();
    await expect(
      priya.getByText("Here only the one whom the conversation is assigned to answers the customer."),
    ).toBeVisible();
    await priya.getByRole("button", { name: "Assign" }).click();
    await priya.getByRole("menuitemcheckbox", { name: /Priya/ }).click();
    await expect(priya.getByRole("textbox", { name: "Reply" })).toBeVisible();
  } finally {
    await choose(false);
  }
});
