import { expect, test } from "./fixtures.ts";
import { newPhone } from "./numbers.ts";

const logs = "/t/atelier-lumen/logs";

test("an event is found by its filters, explained, and replayed with the result said", async ({ page, signIn }) => {
  await signIn("Atelier Lumen, admin");
  await page.goto(`${logs}?period=7d`);
  await page.getByRole("button", { name: "Motif" }).click();
  await page.getByRole("menu").getByText("Signature fausse").click();
  await expect(page).toHaveURL(/reason=signature_mismatch/);
  const rows = page.getByRole("table", { name: "Journal des webhooks" }).locator("tbody tr");
  await expect(rows.first()).toContainText("Rejeté");
  // Other tests send wrong signatures to channels of their own.
  await rows.filter({ hasText: "SMS atelier" }).first().getByRole("link").click();
  await expect(page).toHaveURL(/\/logs\/[0-9a-f-]{36}\?/);
  const detail = page.getByRole("article", { name: "Détail de l’événement" });
  await expect(detail).toContainText("La signature ne correspond pas");
  await expect(detail.getByRole("link", { name: "Corriger le secret" })).toBeVisible();
  await expect(detail).toContainText("Signature refusée");
  await expect(detail).toContainText("x-twilio-signature: ••••••••");
  await detail.getByRole("button", { name: "Rejouer" }).click();
  await expect(page.getByText("la vérification échoue encore")).toBeVisible();
  await expect(detail).toContainText("par Camille Roux");
  await detail.getByRole("link", { name: "Fermer le détail" }).click();
  await expect(page).toHaveURL(/reason=signature_mismatch/);
});

test("a new event appears while one reads, and leads to the conversation that it made", async ({
  page,
  signIn,
  otherPage,
}) => {
  const name = `Client ${Date.now()}`;
  await signIn("Atelier Lumen, admin");
  await page.goto(logs);
  await expect(page.getByText("en direct")).toBeVisible();
  const customer = await otherPage("Atelier Lumen, agent");
  await customer.goto(`/simulator?${new URLSearchParams({ phone: newPhone(), name })}`);
  await customer.getByRole("textbox", { name: "Message" }).fill("Une question sur une lampe");
  await customer.getByRole("button", { name: "Envoyer" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Traité");
  await row.getByRole("link").click();
  const detail = page.getByRole("article", { name: "Détail de l’événement" });
  await expect(detail).toContainText("Signature vérifiée");
  await detail.getByRole("link", { name: "Message", exact: true }).click();
  await expect(page).toHaveURL(/\/inbox\//);
  await expect(page.getByText("Une question sur une lampe").last()).toBeVisible();
});
