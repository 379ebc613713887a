import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";
/** A business of its own: what it requires gets into nobody else's way. */
const quiet = "/t/plateforme";

/** Opens a ticket by the form and answers its number. */
async function openTicket(page: Page, subject: string, at = `${shop}/tickets/new`): Promise<string> {
  await page.goto(at);
  await page.getByLabel("Sujet").fill(subject);
  await page.getByRole("button", { name: "Ouvrir le ticket" }).click();
  await expect(page).toHaveURL(/\/tickets\/\d+$/);
  return /\d+$/.exec(page.url())![0];
}

test("two tickets are merged while a colleague looks on; its notes are read in the other; the merge is undone", async ({
  page,
  signIn,
  otherPage,
}) => {
  const name = `Double ${Date.now()}`;
  await signIn("Atelier Lumen, admin");
  const into = await openTicket(page, `${name} B`);
  const from = await openTicket(page, `${name} A`);
  const note = page.getByRole("textbox", { name: "Note interne" });
  await note.fill("Photo reçue ce matin");
  await page.getByTestId("attach-note").setInputFiles({
    name: "bon-de-livraison.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Livré le 12, bras tordu.\n"),
  });
  const add = page.getByRole("button", { name: "Ajouter la note" });
  await expect(page.getByText("bon-de-livraison.txt")).toBeVisible();
  // It waits for what is on its way.
  await expect(add).not.toHaveAttribute("aria-busy");
  await add.click();
  await expect(page.getByRole("link", { name: /Télécharger.*bon-de-livraison/ })).toBeVisible();
  await page.getByRole("button", { name: "Suivre", exact: true }).click();
  await expect(page.getByRole("button", { name: "Ne plus suivre" })).toBeVisible();

  const colleague = await otherPage("Atelier Lumen, agent");
  await colleague.goto(`${shop}/tickets/${into}`);
  await page.getByRole("button", { name: "Autres actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Fusionner avec un autre ticket" }).click();
  const number = page.getByLabel("Numéro du ticket qui continue");
  await number.fill(from);
  await page.getByRole("button", { name: "Fusionner" }).click();
  await expect(page.getByText("C’est ce ticket-ci")).toBeVisible();
  await number.fill(into);
  await page.getByRole("button", { name: "Fusionner" }).click();
  await expect(page).toHaveURL(new RegExp(`/tickets/${into}$`));
  // Without a reload: what went on in it, who follows it now, and what was noted there.
  await expect(colleague.getByText("Fusionnés ici")).toBeVisible();
  await expect(colleague.getByText("Photo reçue ce matin")).toBeVisible();
  await expect(colleague.getByText(`sur le n° ${from}`)).toBeVisible();
  await expect(colleague.getByRole("region", { name: "Abonnés" }).getByText("Camille Roux")).toBeVisible();

  await colleague.getByRole("link", { name: `${name} A` }).click();
  await expect(colleague.getByText(`Ce ticket continue dans le n° ${into}`)).toBeVisible();
  await expect(colleague.getByLabel("Statut")).toBeDisabled();
  await colleague.getByRole("button", { name: "Annuler la fusion" }).click();
  await expect(colleague.getByText("Ce ticket continue dans")).toHaveCount(0);
  await expect(colleague.getByLabel("Statut")).toHaveValue("open");
  await expect(page.getByText("Fusionnés ici")).toHaveCount(0);
  await expect(page.getByText("Photo reçue ce matin")).toHaveCount(0);

  await page.goto(`${shop}/tickets?view=watched`);
  await expect(page.getByRole("link", { name: new RegExp(`${name} A`) })).toBeVisible();
});

test("a macro shows what it will do, answers the customer and changes the ticket in one press", async ({
  page,
  signIn,
}) => {
  const name = `Accuser réception ${Date.now()}`;
  await signIn("Atelier Lumen, admin");
  await page.goto(`${shop}/settings/tickets/macros?new`);
  await page.getByRole("textbox", { name: "Nom" }).fill(name);
  await page.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.getByText("Choisissez au moins une chose")).toBeVisible();
  await page.getByLabel("Statut").selectOption("waiting_customer");
  await page
    .getByLabel("Réponse au client")
    .fill("Bonjour {{customer.first_name}}, votre demande {{ticket.number}} est notée.");
  await page.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.getByRole("link", { name: `Modifier « ${name} »` })).toBeVisible();

  // Of a channel without a window, so that it may be answered whenever this runs.
  await page.goto(`${shop}/tickets?view=all&channel=sms`);
  await page.locator("tr[data-row] a, [data-row] a").first().click();
  await expect(page).toHaveURL(/\/tickets\/\d+/);
  const number = /\/tickets\/(\d+)/.exec(page.url())![1]!;
  await expect(page.getByRole("button", { name: "Macros" })).toBeVisible();
  await page.keyboard.press("m");
  await page.getByRole("menuitem", { name }).click();
  const panel = page.getByRole("form", { name: new RegExp(name) });
  await expect(panel.getByText("Attend le client")).toBeVisible();
  await expect(panel.getByText(`votre demande ${number} est notée.`)).toBeVisible();
  await panel.getByRole("button", { name: "Exécuter", exact: true }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByLabel("Statut")).toHaveValue("waiting_customer");
  await expect(page.getByText(`votre demande ${number} est notée.`).first()).toBeVisible();
  await page.goto(`${shop}/tickets/${number}?tab=history&show=changes`);
  await expect(page.getByText(`a exécuté la macro « ${name} »`)).toBeVisible();

  await page.goto(`${shop}/settings/tickets/macros`);
  await page.getByRole("button", { name: `Supprimer « ${name} »` }).click();
  await expect(page.getByText(name)).toHaveCount(0);
});

test("a field that is required is asked for where a ticket is resolved, kept with before and after, and archived", async ({
  page,
  signIn,
}) => {
  const name = `Numéro de série ${Date.now()}`;
  await signIn("platform operator");
  await page.goto(`${quiet}/settings/tickets/fields?new`);
  await page.getByRole("textbox", { name: "Nom" }).fill(name);
  await page.getByLabel("Nécessaire pour résoudre un ticket").check();
  await page.getByRole("button", { name: "Ajouter" }).click();
  await expect(page.getByRole("link", { name: `Modifier « ${name} »` })).toBeVisible();
  try {
    const parent = await openTicket(page, `Suspension ${name}`, `${quiet}/tickets/new`);
    const child = await openTicket(page, `Abat-jour ${name}`, `${quiet}/tickets/new?parent=${parent}`);
    await page.getByLabel(name).fill("AJ-7");
    await page.getByLabel(name).blur();
    await expect(page.getByText(`a noté « ${name} » : AJ-7`)).toBeVisible();
    await page.goto(`${quiet}/tickets/${parent}`);
    await expect(page.getByText("0 sur 1 terminés")).toBeVisible();
    await page.getByRole("link", { name: "Résoudre" }).click();
    const form = page.getByRole("form", { name: "Résoudre le ticket" });
    await form.getByLabel("Résoudre aussi 1 sous-ticket").check();
    await form.getByRole("button", { name: "Résoudre", exact: true }).click();
    await expect(form.getByText("À remplir avant de résoudre.")).toBeVisible();
    await form.getByLabel(name).fill("SU-3B");
    await form.getByLabel("Résoudre aussi 1 sous-ticket").check();
    await form.getByRole("button", { name: "Résoudre", exact: true }).click();
    await expect(page.getByText("1 sur 1 terminés")).toBeVisible();
    await expect(page.getByText(`a noté « ${name} » : SU-3B`)).toBeVisible();
    await page.goto(`${quiet}/tickets/${child}/print`);
    await expect(page.getByRole("heading", { name: `#${child} Abat-jour ${name}` })).toBeVisible();
    await expect(page.getByText("AJ-7").first()).toBeVisible();
  } finally {
    await page.goto(`${quiet}/settings/tickets/fields`);
    await page.getByRole("button", { name: `Archiver « ${name} »` }).click();
    await expect(page.getByRole("button", { name: `Reprendre « ${name} »` })).toBeVisible();
  }
});
