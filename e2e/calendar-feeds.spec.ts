import { expect, test } from "./fixtures.ts";

test("a member subscribes to their appointments, changes the address, and has a calendar elsewhere taken into account", async ({
  page,
  signIn,
  playwright,
  baseURL,
}) => {
  await signIn("agent");
  await page.goto("/t/atelier-lumen/settings/availability");
  const feed = page.getByRole("region", { name: "Vos rendez-vous dans votre agenda" });
  await feed.getByRole("button", { name: "Créer l’adresse" }).click();
  const address = feed.getByRole("textbox", { name: "Adresse secrète" });
  const first = await address.inputValue();

  // A calendar program has no session.
  const program = await playwright.request.newContext(baseURL ? { baseURL } : {});
  const path = (from: string) => new URL(from).pathname;
  const answer = await program.get(path(first));
  expect(answer.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  const known = { "if-none-match": answer.headers()["etag"] ?? "" };
  expect((await program.get(path(first), { headers: known })).status()).toBe(304);

  await feed.getByLabel("Montrer le nom et le téléphone des clients").check();
  await feed.getByRole("button", { name: "Enregistrer" }).click();
  await expect(feed.getByLabel("Montrer le nom et le téléphone des clients")).toBeChecked();
  await feed.getByRole("button", { name: "Changer d’adresse" }).click();
  await expect(address).not.toHaveValue(first);
  expect((await program.get(path(first))).status()).toBe(404);
  expect((await program.get(path(await address.inputValue()))).status()).toBe(200);

  const elsewhere = page.getByRole("region", { name: "Votre agenda ailleurs" });
  await elsewhere.getByLabel("Adresse de l’agenda").fill("https://127.0.0.1:9/agenda.ics");
  await elsewhere.getByRole("button", { name: "Relier" }).click();
  await expect(elsewhere.getByText("Agenda de 127.0.0.1:9")).toBeVisible();
  await expect(elsewhere.getByText(/son serveur ne répond pas|réseau privé/)).toBeVisible();
  await elsewhere.getByRole("button", { name: "Ne plus en tenir compte" }).click();
  await expect(elsewhere.getByText("Agenda de 127.0.0.1:9")).toHaveCount(0);

  await feed.getByRole("button", { name: "Supprimer l’adresse" }).click();
  await expect(feed.getByRole("button", { name: "Créer l’adresse" })).toBeVisible();
  await program.dispose();
});
