import { expect, test } from "./fixtures.ts";
import { faultsOf, overflowOf } from "./accessibility.ts";
import { visit } from "./pages.ts";
import { openSetups } from "./setups.ts";

test.describe.configure({ mode: "parallel" });

/** What each provider makes different, in light; elsewhere one of each kind of page. */
const looks = {
  "in light": {
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
    seen: /-credentials$|^setup-(?:whatsapp|twilio)-webhook$|^setup-whatsapp-/,
  },
  "in the dark": {
    colorScheme: "dark",
    viewport: { width: 1440, height: 900 },
    seen: /^setup-instagram-|^channel-(?:email|vapi)$/,
  },
  "on a phone": {
    colorScheme: "light",
    viewport: { width: 390, height: 844 },
    seen: /^setup-(?:email|twilio)-|^channel-(?:instagram|retell)$/,
  },
} as const;

for (const [look, { seen, ...settings }] of Object.entries(looks)) {
  test.describe(look, () => {
    test.use({ ...settings });
    test(`every provider's set-up is for everybody ${look}`, async ({ page, signIn, baseURL }) => {
      test.setTimeout(120_000);
      await signIn("admin");
      const setups = await openSetups(page.request, baseURL ?? "", "atelier-lumen");
      for (const [name, place] of Object.entries(setups.pages)) {
        if (!seen.test(name)) continue;
        await visit(page, place);
        expect.soft(await faultsOf(page, settings.colorScheme === "dark"), name).toEqual([]);
        expect.soft(await overflowOf(page), `${name} is wider than the screen`).toBeLessThanOrEqual(0);
      }
      await setups.close();
    });
  });
}
