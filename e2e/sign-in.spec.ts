import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** A browser that runs no script: every form has to work by itself. */
async function plainPage(browser: Browser, baseURL = ""): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: "fr-FR", javaScriptEnabled: false });
  return context.newPage();
}

const people = "/t/atelier-lumen/settings/members";

async function signInOnPage(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Adresse e-mail").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

test("one signs in and comes back to the page that was asked for, with or without scripts", async ({
  page,
  browser,
  baseURL,
}) => {
  for (const visitor of [page, await plainPage(browser, baseURL)]) {
    await visitor.goto("/t/atelier-lumen/tickets?view=urgent");
    await expect(visitor).toHaveURL(/\/sign-in\?next=/);
    await signInOnPage(visitor, "camille@atelier-lumen", "");
    await expect(visitor.getByText("Cette adresse e-mail n’est pas valide.")).toBeVisible();
    await signInOnPage(visitor, "personne@atelier-lumen.example", "pas le bon");
    await expect(visitor.getByRole("alert")).toHaveText(/ne convient pas/);
    expect(await visitor.content()).not.toContain("pas le bon");

    await visitor.getByRole("link", { name: /Camille/ }).click();
    await expect(visitor.getByLabel("Adresse e-mail")).toHaveValue("camille@atelier-lumen.example");
    await visitor.getByRole("button", { name: "Se connecter" }).click();
    await expect(visitor).toHaveURL(/\/t\/atelier-lumen\/tickets\?view=urgent/);
    await visitor.goto("/");
    await expect(visitor).toHaveURL(/\/t\/atelier-lumen$/);
    await visitor.goto("/t/harlow-studio");
    await expect(visitor.getByRole("heading", { name: "Cette page n’existe pas" })).toBeVisible();
  }
});

test("an invitation and a reset link open what they say, once, without scripts", async ({ browser, baseURL }) => {
  const owner = await plainPage(browser, baseURL);
  await owner.goto(`/sign-in?${new URLSearchParams({ account: "helene@atelier-lumen.example", next: people })}`);
  await owner.getByRole("button", { name: "Se connecter" }).click();
  await owner.getByRole("link", { name: "Inviter" }).click();
  const name = `Maëlle ${Date.now().toString(36)}`;
  const email = `${name.slice(7)}@atelier-lumen.example`;
  await owner.getByLabel("Adresse e-mail").fill(email);
  await owner.getByRole("button", { name: "Créer le lien" }).click();
  const invitation = await owner.getByLabel(`Lien d’invitation pour ${email}`).inputValue();
  await owner.goto(people);
  await expect(owner.getByText(invitation)).toHaveCount(0);

  const guest = await plainPage(browser, baseURL);
  await guest.goto(invitation);
  await expect(guest.getByRole("heading", { name: "Rejoindre Atelier Lumen" })).toBeVisible();
  await guest.getByLabel("Votre nom").fill(name);
  await guest.getByLabel("Mot de passe").fill("court");
  await guest.getByRole("button", { name: "Créer mon compte" }).click();
  await expect(guest.getByText("Choisissez au moins 10 caractères.")).toBeVisible();
  await guest.getByLabel("Mot de passe").fill("une première phrase");
  await guest.getByRole("button", { name: "Créer mon compte" }).click();
  await expect(guest).toHaveURL(/\/t\/atelier-lumen$/);
  expect((await guest.goto(invitation))?.status()).toBe(404);

  await owner.goto(people);
  await owner.getByRole("link", { name: `Gérer ${name}` }).click();
  await owner.getByRole("button", { name: "Créer un lien" }).click();
  const reset = await owner.getByLabel(`Lien de réinitialisation pour ${name}`).inputValue();
  await guest.goto(reset);
  await guest.getByLabel("Nouveau mot de passe").fill("une seconde phrase");
  await guest.getByRole("button", { name: "Changer le mot de passe" }).click();
  await expect(guest.getByText("Votre mot de passe est changé.")).toBeVisible();
  await signInOnPage(guest, email, "une seconde phrase");
  await expect(guest).toHaveURL(/\/t\/atelier-lumen$/);

  await owner.goto(people);
  await owner.getByRole("link", { name: `Gérer ${name}` }).click();
  await owner.getByRole("button", { name: "Désactiver l’accès" }).click();
  await expect(owner.getByRole("row", { name: email }).getByText("Désactivé")).toBeVisible();
  await guest.reload();
  await expect(guest).toHaveURL(/\/sign-in/);
});

test("language and look are the person's own, on every device", async ({ page, browser, baseURL }) => {
  // A person whom no other test signs in: this one signs him out everywhere.
  const door = `/sign-in?${new URLSearchParams({ account: "tom@harlow-studio.example" })}`;
  const phone = await plainPage(browser, baseURL);
  for (const device of [page, phone]) {
    await device.goto(door);
    await device.getByRole("button", { name: "Se connecter" }).click();
    await expect(device).toHaveURL(/\/t\/harlow-studio$/);
  }
  await page.goto("/t/harlow-studio/settings/profile");
  await page.getByLabel("Language").selectOption("fr");
  await page.getByLabel("Appearance").selectOption("dark");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").getByText("Vos préférences sont enregistrées.")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await phone.goto("/t/harlow-studio");
  await expect(phone.locator("html")).toHaveAttribute("lang", "fr");
  await expect(phone.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.getByLabel("Langue").selectOption("en");
  await page.getByLabel("Apparence").selectOption("system");
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByText("Your preferences are saved.")).toBeVisible();
  await page.getByRole("button", { name: "Sign out everywhere" }).last().click();
  await expect(page).toHaveURL(/\/sign-in/);
  await phone.reload();
  await expect(phone).toHaveURL(/\/sign-in/);
});

test("a page of another site cannot act with one's session", async ({ page, signIn, baseURL }) => {
  await signIn("admin");
  for (const path of ["/sign-out", people, "/preferences", "/trpc/members.deactivate"]) {
    const answer = await page.request.post(`${baseURL}${path}`, {
      form: { everywhere: "1" },
      headers: { origin: "https://evil.example" },
    });
    expect(answer.status(), path).toBe(403);
  }
  await page.goto(people);
  await expect(page.getByRole("heading", { name: "Membres" })).toBeVisible();
});

test("nothing keeps anybody out: sign-in, links, members and profile by axe", async ({ page, signIn }) => {
  const check = async (path: string) => {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([]);
  };
  for (const path of [
    "/sign-in",
    "/sign-in?account=nadia@atelier-lumen.example",
    "/reset/x",
    "/setup",
    "/invitations/x",
  ]) {
    await check(path);
  }
  await signIn("admin");
  await check(people);
  await check(`${people}?invite`);
  await page
    .getByRole("link", { name: /^Gérer/ })
    .first()
    .click();
  await expect(page).toHaveURL(/member=/);
  await check(page.url());
  await check("/t/atelier-lumen/settings/profile");
});
