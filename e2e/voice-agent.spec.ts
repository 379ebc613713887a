import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const channels = "/t/atelier-lumen/settings/channels";

async function openAgent(page: Page): Promise<void> {
  await page.goto(channels);
  await page
    .getByRole("link", { name: /Standard/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Définir l’agent" }).click();
  await expect(page.getByRole("heading", { name: "Agent vocal de « Standard »" })).toBeVisible();
}

test("a voice agent is defined, compared with what its provider has, and sent", async ({ page, signIn }) => {
  await signIn("Atelier Lumen, admin");
  await openAgent(page);
  const greeting = `Atelier Lumen, bonjour, ligne ${Date.now()} !`;
  await page.getByLabel("Première phrase").fill(greeting);
  await page.getByLabel("Dire le jour et l’heure").check();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Enregistré." })).toBeVisible();

  const there = page.getByRole("table", { name: "Chez Vapi" });
  await expect(there.getByRole("row", { name: /^Première phrase/ })).toContainText(greeting);
  await expect(there.getByRole("row", { name: /^Langue/ })).toContainText("Inchangé");
  await page.getByRole("button", { name: "Envoyer à Vapi" }).click();
  await expect(page.getByText(/^Vapi a pris la version \d+\.$/)).toBeVisible();
  await expect(page.getByText("il n’y a rien à envoyer")).toBeVisible();

  // A voice that Vapi does not have is refused in its words, and nothing is called sent.
  await page.getByLabel("Voix").fill("inconnu:voix");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await page.getByRole("button", { name: "Envoyer à Vapi" }).click();
  await expect(page.getByText("Vapi a refusé.")).toBeVisible();
  await expect(page.getByText(/voice\.provider must be one of/)).toBeVisible();

  // The version before is taken up again, as the next one.
  await page.getByRole("list", { name: "Versions" }).getByRole("button").first().click();
  await expect(page.getByLabel("Voix")).toHaveValue("");
  await expect(page.getByLabel("Première phrase")).toHaveValue(greeting);
});

test("who may not configure channels reads what the agent is and changes nothing", async ({
  page,
  signIn,
  otherPage,
}) => {
  await signIn("Atelier Lumen, admin");
  await openAgent(page);
  const address = new URL(page.url()).pathname;
  const agent = await otherPage("Atelier Lumen, agent");
  await agent.goto(address);
  await expect(agent.getByLabel("Première phrase")).toBeDisabled();
  await expect(agent.getByRole("button", { name: "Enregistrer" })).toHaveCount(0);
  await expect(agent.getByRole("link", { name: /Comparer/ })).toHaveCount(0);
  const stranger = await otherPage("Harlow Studio, owner");
  expect((await stranger.request.get(address)).status()).toBe(404);
});
