import { faultsOf, overflowOf } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";
import type { Place } from "./pages.ts";
import { addressOf, outsidePages, pagesOf } from "./pages.ts";

test.describe.configure({ mode: "parallel" });

const looks = {
  "in light": { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  "in the dark": { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  "on a phone": { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

/** Pages are many: each test takes its share of them. */
const shares = [0, 1, 2, 3];
const shareOf = (pages: Record<string, Place>, share: number) =>
  Object.entries(pages).filter((_, place) => place % shares.length === share);

for (const [look, settings, share] of Object.entries(looks).flatMap(([name, how]) =>
  shares.map((number) => [name, how, number] as const),
)) {
  test.describe(look, () => {
    test.use({ ...settings });
    test(`every page is for everybody ${look}, ${share + 1} of ${shares.length}`, async ({ page, signIn }) => {
      test.setTimeout(120_000);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(`${page.url()}: ${error}`));
      const visit = async (name: string, address: string) => {
        await page.goto(address);
        expect.soft(await faultsOf(page, settings.colorScheme === "dark"), name).toEqual([]);
        expect.soft(await overflowOf(page), `${name} is wider than the screen`).toBeLessThanOrEqual(0);
      };
      for (const [name, place] of shareOf(outsidePages, share)) await visit(name, await addressOf(page, place));
      await signIn("admin");
      for (const [name, place] of shareOf(pagesOf("atelier-lumen"), share))
        await visit(name, await addressOf(page, place));
      expect(errors).toEqual([]);
    });
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
      if (typeof place === "string" || name === "ticket") continue;
      const address = await addressOf(theirs, place);
      expect((await theirs.goto(address))?.status(), address).toBe(200);
      const words = [address.replace("harlow-studio", "atelier-lumen"), address];
      for (const wanted of words) {
        const answer = await page.goto(wanted);
        expect(answer?.status(), wanted).toBe(404);
        await expect(page.getByRole("heading", { name: "Cette page n’existe pas" })).toBeVisible();
        expect(await page.content()).not.toMatch(/Harlow|Rosalind/);
      }
    }
  });
}

test("the day's work with the keyboard alone", async ({ page }) => {
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
  await expect(page.getByRole("link", { name: "Leïla Haddad" })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(page.getByRole("link", { name: "Leïla Haddad" })).toBeFocused({ timeout: 300 });
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
  await page.keyboard.type("Inventaire");
  await expect(page.getByRole("option", { name: /Inventaire des douilles/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tickets\/\d+/);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("e");
  await expect(page.getByLabel(/^Ce qui a été fait/)).toBeFocused();
  await page.keyboard.type("Compté.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Résolu", { exact: true }).first()).toBeVisible();
});
