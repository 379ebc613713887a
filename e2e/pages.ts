import type { Page } from "@playwright/test";

/**
 * An address; what the first link of a page leads to that looks like the pattern (of several, link after link); or
 * a page after a button was pressed on it.
 */
export type Place =
  | string
  | { from: string; follow: RegExp | readonly RegExp[] }
  | { at: string; press: RegExp; until: RegExp };

const id = "[0-9a-f-]{36}";
const logEvent = new RegExp(`/logs/${id}`);

/** Every page of a tenant, by the name of its picture. */
export function pagesOf(slug: string): Record<string, Place> {
  const shop = `/t/${slug}`;
  // Each business of the demo has a voice agent at another provider.
  const calls = `${shop}/logs?period=all&status=processed&provider=${slug === "harlow-studio" ? "retell" : "vapi"}`;
  return {
    overview: shop,
    inbox: `${shop}/inbox`,
    conversation: { from: `${shop}/inbox`, follow: new RegExp(`/inbox/${id}`) },
    tickets: `${shop}/tickets`,
    "ticket-board": `${shop}/tickets/board?view=all&layout=board`,
    "ticket-new": `${shop}/tickets/new`,
    ticket: { from: `${shop}/tickets?view=all`, follow: /\/tickets\/\d+/ },
    customers: `${shop}/customers`,
    "customer-new": `${shop}/customers/new`,
    customer: { from: `${shop}/customers`, follow: new RegExp(`/customers/${id}`) },
    person: {
      from: `${shop}/customers`,
      follow: [new RegExp(`/customers/${id}`), new RegExp(`/customers/${id}/messages`)],
    },
    erase: {
      from: `${shop}/customers`,
      follow: [new RegExp(`/customers/${id}`), new RegExp(`/customers/${id}/erase`)],
    },
    calendar: `${shop}/appointments`,
    "calendar-day": `${shop}/appointments?view=day`,
    "calendar-month": `${shop}/appointments?view=month`,
    appointments: `${shop}/appointments/list?period=all`,
    appointment: { from: `${shop}/appointments/list?period=all`, follow: new RegExp(`/appointments/${id}`) },
    "appointment-new": `${shop}/appointments/new`,
    prospects: `${shop}/prospects`,
    prospect: { from: `${shop}/prospects`, follow: new RegExp(`/prospects/${id}`) },
    "prospect-board": `${shop}/prospects/board`,
    "prospect-figures": `${shop}/prospects/figures?days=365`,
    "prospect-new": `${shop}/prospects/new`,
    services: `${shop}/settings/services?new`,
    waitlist: `${shop}/appointments/waitlist`,
    "waitlist-add": `${shop}/appointments/waitlist?add`,
    "waitlist-removed": `${shop}/appointments/waitlist?removed=01940000-0000-7000-8000-000000000000`,
    "appointment-messages": `${shop}/settings/appointment-messages`,
    availability: `${shop}/settings/availability`,
    "booking-settings": `${shop}/settings/booking`,
    logs: `${shop}/logs`,
    event: { from: `${shop}/logs?period=all`, follow: logEvent },
    "event-refused": { from: `${shop}/logs?period=all&reason=signature_mismatch`, follow: logEvent },
    "event-failed": { from: `${shop}/logs?period=all&reason=handler_error`, follow: logEvent },
    "event-duplicate": { from: `${shop}/logs?period=all&reason=duplicate`, follow: logEvent },
    "flight-message": {
      from: `${shop}/logs?period=all&status=processed&type=message`,
      follow: [logEvent, new RegExp(`/flights/message/${id}`)],
    },
    "flight-ticket": {
      // One of the demo's own: those that tests make come and go.
      from: `${shop}/tickets/1?tab=history`,
      follow: new RegExp(`/flights/ticket/${id}`),
    },
    calls: `${shop}/calls?days=all`,
    call: { from: calls, follow: [logEvent, new RegExp(`/calls/${id}`)] },
    "flight-call": {
      from: calls,
      follow: [logEvent, new RegExp(`/calls/${id}`), new RegExp(`/flights/call/${id}`)],
    },
    ledger: `${shop}/logs/ledger`,
    accounts: `${shop}/logs/accounts`,
    retention: `${shop}/logs/retention`,
    replay: `${shop}/logs/replay?period=all`,
    surveys: `${shop}/surveys?days=365`,
    "survey-settings": `${shop}/settings/surveys`,
    alerts: `${shop}/alerts`,
    views: `${shop}/views/webhook_logs`,
    channels: `${shop}/settings/channels`,
    "channel-new": `${shop}/settings/channels/new`,
    channel: { from: `${shop}/settings/channels`, follow: new RegExp(`/channels/${id}`) },
    assistant: { from: `${shop}/settings/channels`, follow: [new RegExp(`/channels/${id}`), /\/assistant$/] },
    connections: `${shop}/settings/connections`,
    teams: `${shop}/settings/teams`,
    "team-new": `${shop}/settings/teams?new`,
    team: { from: `${shop}/settings/teams`, follow: /settings\/teams\?team=/ },
    sla: `${shop}/settings/sla`,
    "sla-policy": `${shop}/settings/sla?policy=new`,
    "ticket-print": `${shop}/tickets/1/print`,
    "ticket-categories": `${shop}/settings/tickets/categories`,
    "ticket-fields": `${shop}/settings/tickets/fields?new`,
    "ticket-templates": `${shop}/settings/tickets/templates?new`,
    "ticket-macros": `${shop}/settings/tickets/macros?new`,
    automation: `${shop}/settings/automation`,
    "automation-new": `${shop}/settings/automation/new`,
    "automation-rule": { from: `${shop}/settings/automation`, follow: new RegExp(`/automation/${id}`) },
    "automation-runs": { from: `${shop}/settings/automation`, follow: new RegExp(`/automation/${id}/runs`) },
    members: `${shop}/settings/members`,
    "member-invite": `${shop}/settings/members?invite`,
    labels: `${shop}/settings/labels`,
    notifications: `${shop}/notifications`,
    "notification-settings": `${shop}/settings/notifications`,
    search: `${shop}/search?q=applique`,
    "quick-replies": `${shop}/settings/quick-replies`,
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
  offer: "/offer/x",
  book: "/book/atelier-lumen",
  "book-time": { from: "/book/atelier-lumen", follow: new RegExp(`/book/atelier-lumen/${id}$`) },
  "book-wait": {
    from: "/book/atelier-lumen",
    follow: [new RegExp(`/book/atelier-lumen/${id}$`), new RegExp(`/book/atelier-lumen/${id}/wait`)],
  },
  "book-nowhere": "/book/atelier-lumen/manage/x",
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
  const found = await followed(page, place.from, [place.follow].flat());
  if (found === null) throw new Error(`${place.from} leads nowhere like ${String(place.follow)}`);
  return found;
}

/** Of several links that look right, the first that leads on: not every event is of a call. */
async function followed(page: Page, at: string, [pattern, ...rest]: readonly RegExp[]): Promise<string | null> {
  if (!pattern) return at;
  await page.goto(at);
  const links = await page
    .locator("a[href]")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  for (const link of new Set(links.filter((href) => pattern.test(href)))) {
    const found = await followed(page, link, rest);
    if (found !== null) return found;
  }
  return null;
}
