import { test } from "./fixtures.ts";
import type { Look } from "./accessibility.ts";
import { expectForEverybody } from "./accessibility.ts";
import { visit } from "./pages.ts";
import { openSetups } from "./setups.ts";

test.describe.configure({ mode: "parallel" });

/** What each provider makes different, at a desk; elsewhere one of each kind of page. */
const seen: Partial<Record<Look, RegExp>> = {
  "at a desk": /-credentials$|^setup-(?:whatsapp|twilio)-webhook$|^setup-whatsapp-/,
  "at a desk in the dark": /^setup-instagram-|^channel-(?:email|vapi)$/,
  "on a phone": /^setup-(?:email|twilio)-|^channel-(?:instagram|retell)$/,
};
const waysOf = (name: string) =>
  Object.entries(seen).flatMap(([way, pages]) => (pages.test(name) ? [way as Look] : []));

for (const share of [0, 1]) {
  test(`every provider's set-up is for everybody, ${share + 1} of 2`, async ({ page, signIn, baseURL }) => {
    test.setTimeout(120_000);
    await signIn("admin");
    const setups = await openSetups(page.request, baseURL ?? "", "atelier-lumen", String(share + 1));
    try {
      const shown = Object.entries(setups.pages).filter(([name]) => waysOf(name).length > 0);
      for (const [name, place] of shown.filter((_, nth) => nth % 2 === share)) {
        await visit(page, place);
        await expectForEverybody(page, name, waysOf(name));
      }
    } finally {
      await setups.close();
    }
  });
}
