import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const logs = "/t/atelier-lumen/logs";

test("a view is saved, found after signing in again, shared with a colleague, and removed", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  const name = `Refusés ${Date.now()}`;
  await signIn("Atelier Lumen, admin");
  await page.goto(`${logs}?status=rejected&period=7d`);
  await page.getByText("Enregistrer la vue").click();
  await page.getByLabel("Nom de la vue").fill(name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/status=rejected&?.*view=/);
  const views = page.getByRole("navigation", { name: "Vues" });
  await expect(views.getByRole("link", { name })).toHaveAttribute("aria-current", "true");

  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("Adresse e-mail").fill("camille@atelier-lumen.example");
  await page.getByLabel("Mot de passe").fill("guichet-demo");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page.getByRole("heading", { name: /Bonjour/ })).toBeVisible();
  await page.goto(logs);
  await views.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/status=rejected/);

  await page.getByRole("button", { name: "7 derniers jours" }).click();
  await page.getByRole("menu").getByText("30 derniers jours").click();
  await expect(views.getByRole("link", { name })).toContainText("modifiée");
  await page.getByRole("button", { name: `Mettre à jour « ${name} »` }).click();
  await expect(views.getByRole("link", { name })).not.toContainText("modifiée");

  await page.getByRole("link", { name: "Gérer les vues" }).click();
  await page.getByRole("button", { name: `Partager « ${name} »` }).click();
  await expect(page.getByRole("button", { name: `Ne plus partager « ${name} »` })).toBeVisible();

  const context = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    locale: "fr-FR",
    javaScriptEnabled: false,
  });
  await context.request.post("/sign-in", {
    form: { email: "helene@atelier-lumen.example", password: "guichet-demo" },
    headers: { origin: baseURL ?? "" },
  });
  const colleague = await context.newPage();
  await colleague.goto(logs);
  await colleague.getByRole("navigation", { name: "Vues" }).getByRole("link", { name }).click();
  await expect(colleague).toHaveURL(/period=30d.*status=rejected/);
  await colleague.goto(`${logs}?type=status&slow=1`);
  await colleague.getByText("Enregistrer la vue").click();
  await colleague.getByLabel("Nom de la vue").fill(`Sans script ${name}`);
  await colleague.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(colleague.getByRole("link", { name: `Sans script ${name}` })).toHaveAttribute("aria-current", "true");
  await colleague.getByRole("link", { name: "Gérer les vues" }).click();
  await colleague.getByRole("button", { name: `Retirer « Sans script ${name} »` }).click();
  await expect(colleague.getByText(`Sans script ${name}`)).toHaveCount(0);

  await page.getByRole("button", { name: `Retirer « ${name} »`, exact: true }).click();
  await expect(page.getByText(name)).toHaveCount(0);
  await colleague.goto(logs);
  await expect(colleague.getByRole("navigation", { name: "Vues" }).getByRole("link", { name })).toHaveCount(0);
  await context.close();
});

test("a view whose name is taken asks for another and takes it; one that is gone, or whose channel is, says so", async ({
  page,
  signIn,
}) => {
  const name = `Lents ${Date.now()}`;
  await signIn("Atelier Lumen, admin");
  const save = async (query: string) => {
    await page.goto(`${logs}?${query}`);
    await page.getByText("Enregistrer la vue").click();
    await page.getByLabel("Nom de la vue").fill(name);
    await page.keyboard.press("Enter");
  };
  await save("channel=01940000-0000-7000-8000-000000000000");
  await expect(page.getByText("Le canal de cette vue a été supprimé")).toBeVisible();
  await save("slow=1&again=1");
  await expect(page.getByRole("alert")).toContainText("Vous avez déjà une vue de ce nom");
  await page.getByRole("textbox", { name: `Renommer « ${name} »` }).fill(`Très ${name}`);
  await page.getByRole("button", { name: `Renommer « ${name} »` }).click();
  await page.getByRole("button", { name: `Retirer « Très ${name} »` }).click();
  await expect(page.getByRole("button", { name: `Retirer « Très ${name} »` })).toHaveCount(0);
  await page.goto(`${logs}?view=01940000-0000-7000-8000-000000000000`);
  await expect(page.getByText("Cette vue n’existe plus")).toBeVisible();
});

test("an agent's own view of prospects and a manager's shared one of calls are found again, with what they hold", async ({
  page,
  signIn,
  otherPage,
}) => {
  const [own, shared] = [`À rappeler ${Date.now()}`, `Manqués du mois ${Date.now()}`];
  const save = async (of: Page, address: string, name: string, everybody: boolean) => {
    await of.goto(`/t/atelier-lumen/${address}`);
    await of.getByText("Enregistrer la vue").click();
    await of.getByLabel("Nom de la vue").fill(name);
    if (everybody) await of.getByLabel("La montrer à toute l’équipe").check();
    else await expect(of.getByLabel("La montrer à toute l’équipe")).toHaveCount(0);
    await of.getByRole("button", { name: "Enregistrer", exact: true }).click();
    await expect(viewOf(of, name)).toHaveAttribute("aria-current", "true");
  };
  const viewOf = (of: Page, name: string) =>
    of.getByRole("navigation", { name: "Vues enregistrées" }).getByRole("link", { name });
  const manager = await otherPage("manager");
  await signIn("agent");

  await save(page, "prospects?due=open&score=25", own, false);
  await save(manager, "calls?only=missed&direction=in", shared, true);

  await page.goto("/t/atelier-lumen/prospects");
  // Other tests add prospects: until both are of one moment.
  await expect(async () => {
    await viewOf(page, own).click();
    await expect(page).toHaveURL(/due=open&score=25/);
    const rows = (await page.getByRole("table", { name: "Prospects" }).getByRole("row").count()) - 1;
    expect(rows).toBeGreaterThan(0);
    await expect(viewOf(page, own)).toHaveText(new RegExp(`${own}\\s*${rows}$`));
  }).toPass();
  await page.goto("/t/atelier-lumen/calls");
  await expect(async () => {
    await viewOf(page, shared).click();
    await expect(page).toHaveURL(/only=missed&direction=in/);
    const rows = (await page.getByRole("table", { name: "Appels" }).getByRole("row").count()) - 1;
    expect(rows).toBeGreaterThan(0);
    await expect(viewOf(page, shared)).toContainText(new RegExp(`${shared}\\s*${rows}\\D`));
  }).toPass();
  await page.getByLabel("Période").selectOption("7 derniers jours");
  await expect(viewOf(page, shared)).toContainText("modifiée");
  await expect(page.getByRole("button", { name: /^Mettre à jour/ })).toHaveCount(0);
  await manager.goto("/t/atelier-lumen/prospects");
  await expect(manager.getByText(own)).toHaveCount(0);

  await manager.goto("/t/atelier-lumen/views/calls");
  await manager.getByRole("button", { name: `Retirer « ${shared} »` }).click();
  await page.goto("/t/atelier-lumen/views/prospects");
  await page.getByRole("button", { name: `Retirer « ${own} »` }).click();
  await page.goto("/t/atelier-lumen/calls");
  await expect(page.getByText(shared)).toHaveCount(0);
});
