import { expectForEverybody } from "./accessibility.ts";
import { customerPhone } from "./customer-phone.ts";
import { expect, test } from "./fixtures.ts";
import type { Place } from "./pages.ts";
import { addressOf, outsidePages, pagesOf } from "./pages.ts";

test.describe.configure({ mode: "parallel" });

/** Pages are many: each test takes its share of them. */
const shares = [0, 1, 2, 3, 4, 5];
const shareOf = (pages: Record<string, Place>, share: number) =>
  Object.entries(pages).filter((_, place) => place % shares.length === share);

for (const share of shares) {
  test(`every page is for everybody, ${share + 1} of ${shares.length}`, async ({ page, signIn }) => {
    test.setTimeout(300_000);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(`${page.url()}: ${error}`));
    const visit = async (name: string, place: Place) => {
      await page.goto(await addressOf(page, place));
      await expectForEverybody(page, name);
    };
    for (const [name, place] of shareOf(outsidePages, share)) await visit(name, place);
    await signIn("admin");
    for (const [name, place] of shareOf(pagesOf("atelier-lumen"), share)) await visit(name, place);
    expect(errors).toEqual([]);
  });
}

for (const share of shares) {
  test(`what belongs to another business does not exist, whichever way one asks, ${share + 1} of ${shares.length}`, async ({
    page,
    otherPage,
    signIn,
  }) => {
    test.setTimeout(120_000);
    const theirs = await otherPage("Harlow");
    await signIn("admin");
    for (const [name, place] of shareOf(pagesOf("harlow-studio"), share)) {
      // Tickets have numbers that every business has, and Harlow keeps no appointments.
      if (typeof place === "string" || name === "ticket" || name === "appointment") continue;
      const address = await addressOf(theirs, place);
      expect((await theirs.request.get(address)).status(), address).toBe(200);
      for (const wanted of [address.replace("harlow-studio", "atelier-lumen"), address]) {
        const answer = await page.request.get(wanted);
        expect(answer.status(), wanted).toBe(404);
        const shown = await answer.text();
        expect(shown, wanted).toMatch(/<h1[^>]*>Cette page n’existe pas/);
        expect(shown, wanted).not.toMatch(/Harlow|Rosalind/);
      }
    }
  });
}

test("the day's work with the keyboard alone", async ({ page, baseURL }) => {
  // What an attempt before resolved is not resolved again.
  const [word, subject] =
    test.info().retry === 0 ? ["Inventaire", /Inventaire des douilles/] : ["Garantie", /Garantie de l’applique/];
  const phone = await customerPhone(page, baseURL);
  await phone.write("Bonjour, je cherche un abat-jour.");
  await page.goto("/sign-in?next=/t/atelier-lumen/inbox");
  await page.getByLabel("Adresse e-mail").focus();
  await page.keyboard.type("camille@atelier-lumen.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("guichet-demo");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole("button", { name: /Chercher ou aller à/ })).toBeVisible();

  // The first stop of every page leads past the navigation.
  await page.reload();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Aller au contenu" })).toBeFocused();
  const row = page.getByRole("link", { name: phone.name });
  await expect(row).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(row).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbox\/[0-9a-f-]{36}/);
  await expect(page.getByRole("button", { name: /^Note/ })).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByLabel("Note", { exact: true })).toBeFocused();
  await page.keyboard.type("Rappeler lundi matin");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Rappeler lundi matin", { exact: true })).toBeVisible();

  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type(word);
  await expect(page.getByRole("option", { name: subject })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tickets\/\d+/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: subject })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByLabel(/^Ce qui a été fait/)).toBeFocused();
  await page.keyboard.type("Compté.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Résolu", { exact: true }).first()).toBeVisible();
});
