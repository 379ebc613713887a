import type { Page } from "@playwright/test";

/** An address, or the first link of a page that leads where the pattern says. */
export type Place = string | { from: string; follow: RegExp };

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
    ledger: `${shop}/logs/ledger`,
    "replay-many": `${shop}/logs/replay?period=all`,
    event: { from: `${shop}/logs?period=all`, follow: new RegExp(`/logs/${id}`) },
    channels: `${shop}/settings/channels`,
    "channel-new": `${shop}/settings/channels/new`,
    channel: { from: `${shop}/settings/channels`, follow: new RegExp(`/channels/${id}`) },
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

/** A place's address, looked up where it is not known. */
export async function addressOf(page: Page, place: Place): Promise<string> {
  if (typeof place === "string") return place;
  await page.goto(place.from);
  const links = await page
    .locator("a[href]")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const link = links.find((href) => place.follow.test(href));
  if (!link) throw new Error(`${place.from} leads nowhere like ${place.follow.source}`);
  return link;
}
