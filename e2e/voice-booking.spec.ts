import type { Page } from "@playwright/test";
import { newCustomer } from "./customer.ts";
import { expect, test } from "./fixtures.ts";

/** A stranger's telephone on the shop's line, with its voice agent. */
async function callTheShop(page: Page) {
  const { name, phone } = newCustomer("Appel");
  await page.goto("/simulator");
  const lines = page.getByRole("navigation", { name: "Choisir une entreprise et son numéro" });
  await lines.getByRole("link", { name: /Standard/ }).click();
  await page.waitForURL(/line=/);
  const line = new URL(page.url()).searchParams.get("line") ?? "";
  await page.goto(`/simulator?${new URLSearchParams({ line, phone, name }).toString()}`);
  await page.getByRole("button", { name: "Appeler" }).click();
  await expect(page.getByRole("status").filter({ hasText: "En ligne" })).toBeVisible();
  const said = page.getByRole("log", { name: "Ce qui se dit" });
  return {
    name,
    /** What the agent answers once it has done something with these words. */
    ask: async (what: string, words: string, heard: RegExp): Promise<string> => {
      await page.getByRole("combobox", { name: "Ce que fait l’agent vocal" }).selectOption(what);
      await page.getByRole("textbox", { name: "Avec les mots de la personne" }).fill(words);
      await page.getByRole("button", { name: "Le lui faire faire" }).click();
      const answer = said.getByText(heard).last();
      await expect(answer).toBeVisible();
      return (await answer.textContent()) ?? "";
    },
    hangUp: () => page.getByRole("button", { name: "Raccrocher" }).click(),
  };
}

test("a caller books with the voice agent, says what they look for and leaves a request; the call shows all of it", async ({
  page,
  otherPage,
  signIn,
}) => {
  await signIn("Atelier Lumen, admin");
  const street = await otherPage("Atelier Lumen, admin");
  const caller = await callTheShop(street);
  await street.setViewportSize({ width: 390, height: 844 });
  const free = await caller.ask("Chercher un moment libre", "un conseil, la semaine prochaine", /il y a de la place/);
  const [, when = ""] = /place (\S+ \S+ \S+ à [^,]+?)(?:,| ou )/.exec(free) ?? [];
  await caller.ask("Prendre un rendez-vous", `un conseil, ${when}`, /C'est noté : Conseil en boutique/);
  await caller.ask("Noter un projet", "Un lustre ancien, deux mille cinq cents euros", /C'est noté\.$/);
  await caller.ask("Laisser une demande", "Facture à envoyer", /C'est noté sous le numéro \d+/);
  await caller.hangUp();

  await page.goto("/t/atelier-lumen/calls?days=all");
  await page.getByRole("link", { name: caller.name }).first().click();
  const done = page.getByRole("complementary");
  const actions = ["A cherché des créneaux", "A pris un rendez-vous", "A qualifié un prospect", "A ouvert un ticket"];
  for (const action of actions) await expect(done.getByText(action)).toBeVisible();
  await expect(done.getByRole("link", { name: /Facture à envoyer/ })).toBeVisible();
});
