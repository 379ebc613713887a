import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const studio = "/t/harlow-studio";
/** A business of its own: its labels get into nobody else's way. */
const quiet = "/t/plateforme";

/** The loaders of the page ran again: news came in. */
const news = (page: Page, path: string) =>
  page.waitForResponse((answer) => answer.request().method() === "GET" && answer.url().includes(`${path}.data`));

const rules = (page: Page) => page.getByRole("form", { name: "Rules for all" });

test("a refused form keeps its errors and what was typed while a colleague works, even on the same form", async ({
  page,
  signIn,
  otherPage,
}) => {
  const settings = `${studio}/settings/surveys`;
  await signIn("Harlow Studio, owner");
  await page.goto(settings);
  const rest = rules(page).getByLabel(/Do not ask/);
  const open = rules(page).getByLabel(/given and changed/);
  await rest.fill("999");
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(rest).toHaveAttribute("aria-invalid", "true");
  await open.fill("12");

  const second = await otherPage("Harlow Studio, owner");
  await second.goto(settings);
  await rules(second)
    .getByLabel(/Do not ask/)
    .fill("41");
  await rules(second).getByRole("button", { name: "Save" }).click();
  await expect(second.getByText("Saved.")).toBeVisible();
  await expect(rules(second).getByLabel(/Do not ask/)).toHaveValue("41");

  // The second time news come in, the first have been drawn.
  const colleague = await otherPage("Harlow Studio, agent");
  for (const part of ["hinge", "handle"]) {
    const came = news(page, settings);
    await colleague.goto(`${studio}/tickets/new`);
    await colleague.getByLabel("Subject").fill(`Loose ${part} ${Date.now()}`);
    await colleague.getByRole("button", { name: "Open the ticket" }).click();
    await expect(colleague).toHaveURL(/\/tickets\/\d+$/);
    await (await came).finished();
  }

  await expect(rest).toHaveAttribute("aria-invalid", "true");
  await expect(rest).toHaveValue("999");
  await expect(open).toHaveValue("12");
  await rest.fill("42");
  await rules(page).getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(rest).not.toHaveAttribute("aria-invalid", "true");
  await expect(rest).toHaveValue("42");
  await expect(open).toHaveValue("12");
});

test("a new label that was refused, and is being corrected, outlives those that a colleague adds", async ({
  page,
  signIn,
  otherPage,
}) => {
  const stamp = Date.now();
  const add = (on: Page) => on.getByRole("form", { name: "Créer le libellé" });
  const create = async (on: Page, name: string) => {
    await add(on).getByLabel("Nom").fill(name);
    await add(on).getByRole("button", { name: "Créer le libellé" }).click();
  };
  const label = (on: Page, name: string) => on.getByRole("form", { name, exact: true });
  await signIn("platform operator");
  await page.goto(`${quiet}/settings/labels`);
  await create(page, `Devis ${stamp}`);
  await expect(label(page, `Devis ${stamp}`)).toBeVisible();
  await expect(add(page).getByLabel("Nom")).toHaveValue("");
  await create(page, `Devis ${stamp}`);
  const refusal = page.getByRole("alert").filter({ hasText: "Un libellé porte déjà ce nom." });
  await expect(refusal).toBeVisible();
  await add(page).getByLabel("Nom").fill(`Devis bis ${stamp}`);

  const colleague = await otherPage("platform operator");
  await colleague.goto(`${quiet}/settings/labels`);
  await create(colleague, `Retour ${stamp}`);
  await expect(label(page, `Retour ${stamp}`)).toBeVisible();
  await expect(refusal).toBeVisible();
  await expect(add(page).getByLabel("Nom")).toHaveValue(`Devis bis ${stamp}`);

  await add(page).getByRole("button", { name: "Créer le libellé" }).click();
  await expect(label(page, `Devis bis ${stamp}`)).toBeVisible();
  await expect(refusal).toBeHidden();
  await expect(add(page).getByLabel("Nom")).toHaveValue("");
});
