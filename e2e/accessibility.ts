import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { treeOf, unheardIn } from "./accessibility-tree.ts";

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
/** Whoever looks and listens, at each width, and the colours of the other scheme. */
export const looks = {
  "at a desk": { colorScheme: "light", ...desk },
  "at a desk in the dark": { colorScheme: "dark", ...desk },
  "on a phone in the dark": { colorScheme: "dark", ...phone },
  "on a phone": { colorScheme: "light", ...phone },
} as const;
export type Look = keyof typeof looks;

/** Looks at the page that is open in several ways, loaded once. */
export async function expectForEverybody(page: Page, name: string, ways = Object.keys(looks) as Look[]) {
  for (const way of ways) {
    const seen = `${name} ${way}`;
    await lookAs(page, looks[way]);
    if (looks[way].colorScheme === "dark") {
      expect.soft(await faultsOf(page, colourRules), seen).toEqual([]);
      continue;
    }
    expect.soft(await faultsOf(page), seen).toEqual([]);
    expect.soft(unheardIn(await treeOf(page)), seen).toEqual([]);
    expect.soft(await overflowOf(page), `${seen} is wider than the screen`).toBeLessThanOrEqual(0);
    expect.soft(await cutOffIn(page), seen).toEqual([]);
  }
}

/** What differs between light and dark. */
export const colourRules = ["color-contrast", "link-in-text-block"];

/** What keeps people out: everything that is known to, or what `rules` alone look at. */
export async function faultsOf(page: Page, rules?: readonly string[]): Promise<unknown[]> {
  const axe = new AxeBuilder({ page });
  if (rules) axe.withRules([...rules]);
  // Twenty-four pixels for a finger, as WCAG 2.2 asks; axe leaves it out unless told.
  else axe.options({ rules: { "target-size": { enabled: true } } });
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !isDrawn(html)).map(({ html, failureSummary }) => [id, html, failureSummary]),
  );
}

/** The bar of a chart is as narrow as what it shows; chips beside it lead to the same. */
const isDrawn = (html: string) => html.includes("data-bar");

/** By how many pixels the page is wider than the screen. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** Controls that stand partly beside the screen, where nothing can be scrolled to show them. */
function cutOffIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
      .filter((control) => {
        const { left, right, width, height } = control.getBoundingClientRect();
        if (width < 2 || height < 2 || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
          return false;
        return (left < -1 || right > innerWidth + 1) && !scrolls(control.parentElement);
      })
      .map((control) => control.outerHTML.slice(0, 200));
  });
}

/** Takes on another look at once, without the colours that lie between. */
async function lookAs(page: Page, { colorScheme, ...size }: (typeof looks)[Look]): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  });
}
