import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What keeps people out. Only colours differ in the dark. */
export async function faultsOf(page: Page, dark: boolean): Promise<unknown[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (dark ? axe.withRules(["color-contrast", "link-in-text-block"]) : axe).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]);
}

/** By how many pixels the page is wider than the screen. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
