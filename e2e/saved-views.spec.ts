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
