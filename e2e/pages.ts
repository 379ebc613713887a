import type { Page } from "@playwright/test";

/** An address, the first link of a page that leads where the pattern says, or a page after a button was pressed on it. */
export type Place = string | { from: string; follow: RegExp } | { at: string; press: RegExp; until: RegExp };

const id = "[0-9a-f-]{36}";

/** Every page of a tenant, by the name of its picture. */
export function pagesOf(slug: string): Record<string, Place> {
  const shop = `/t/${slug}`;
  return {
    overview: shop,
    inbox: `${shop}/inbox`,
    conversation: { from: `${shop}/inbox`, follow: new RegExp(`/inbox/${id}`) },
    tickets: `${shop}/tickets`,
    "ticket-new": `${shop}/tickets/new`,
    ticket: { from: `${shop}/tickets?view=all`, follow: /\/tickets\/\d+/ },
    customers: `${shop}/customers`,
    "customer-new": `${shop}/customers/new`,
    customer: { from: `${shop}/customers`, follow: new RegExp(`/customers/${id}`) },
    logs: `${shop}/logs`,
    event: { from: `${shop}/logs?period=all`, follow: new RegExp(`/logs/${id}`) },
    ledger: `${shop}/logs/ledger`,
    accounts: `${shop}/logs/accounts`,
    retention: `${shop}/logs/retention`,
    replay: `${shop}/logs/replay?period=all`,
    channels: `${shop}/settings/channels`,
    "channel-new": `${shop}/settings/channels/new`,
    channel: { from: `${shop}/settings/channels`, follow: new RegExp(`/channels/${id}`) },
    connections: `${shop}/settings/connections`,
    members: `${shop}/settings/members`,
    "member-invite": `${shop}/settings/members?invite`,
    profile: `${shop}/settings/profile`,
    missing: `${shop}/nothing-here`,
    simulator: "/simulator",
  };
}

/** Pages for people who are not signed in. */
export const outsidePages: Record<string, Place> = {
  "sign-in": "/sign-in",
  setup: "/setup",
  invitation: "/invitations/x",
  reset: "/reset/x",
};

/** Goes to a place, and does there what it asks for. */
export async function visit(page: Page, place: Place): Promise<void> {
  await page.goto(await addressOf(page, place), { waitUntil: "load" });
  if (typeof place === "string" || !("at" in place)) return;
  await page.getByRole("button", { name: place.press }).click();
  await page.getByText(place.until).first().waitFor();
}

/** A place's address, looked up where it is not known. */
export async function addressOf(page: Page, place: Place): Promise<string> {
  if (typeof place === "string") return place;
  if ("at" in place) return place.at;
  await page.goto(place.from);
  const links = await page
    .locator("a[href]")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const link = links.find((href) => place.follow.test(href));
  if (!link) throw new Error(`${place.from} leads nowhere like ${place.follow.source}`);
  return link;
}
