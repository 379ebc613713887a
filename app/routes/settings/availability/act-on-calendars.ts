import type { Caller } from "#server/trpc/root.ts";

/** Every change of one's own calendars; `intent` names it. */
export async function actOnCalendars(
  intent: string,
  { namesCustomers, address = "" }: Record<string, string>,
  calendars: Caller["calendarFeeds"],
): Promise<void> {
  switch (intent) {
    case "publish-feed":
      return calendars.publish({ namesCustomers: namesCustomers === "on" });
    case "renew-feed":
      return calendars.renew();
    case "revoke-feed":
      return calendars.revoke();
    case "connect-calendar":
      return calendars.connect({ address });
    case "disconnect-calendar":
      return calendars.disconnect();
    default:
      throw new Response(null, { status: 400 });
  }
}
