import { readView, type View } from "./data.ts";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Words of the address that narrow the list, and what each may say. */
const narrowing = {
  assignee: (value: string) => value === "me" || value === "nobody" || id.test(value),
  team: (value: string) => id.test(value),
  channel: (value: string) => id.test(value),
  label: (value: string) => id.test(value),
  unread: (value: string) => value === "1",
  waiting: (value: string) => /^[1-9]\d{0,4}$/.test(value),
};
export type Narrowing = Partial<Record<keyof typeof narrowing, string>>;
export const narrowings = Object.keys(narrowing) as (keyof typeof narrowing)[];

/** What the inbox's address asks for. A word that makes no sense narrows nothing. */
export interface InboxAddress {
  view: View;
  narrow: Narrowing;
  /** A search through every view. */
  query: string;
  /** The saved view it began from. */
  saved: string | undefined;
}

export function readAddress(params: URLSearchParams): InboxAddress {
  const narrow: Narrowing = {};
  for (const name of narrowings) {
    const value = params.get(name);
    if (value && narrowing[name](value)) narrow[name] = value;
  }
  return {
    view: readView(params.get("view")),
    narrow,
    query: params.get("q")?.trim().slice(0, 200) ?? "",
    saved: params.get("saved") ?? undefined,
  };
}

/** The list's filter as a saved view keeps it: `?view=open&label=…`. */
export function filterAddress({ view, narrow }: Pick<InboxAddress, "view" | "narrow">): string {
  return `?${new URLSearchParams({ view, ...narrow })}`;
}

/** The parameters of this very list, without its page. */
export function listParams({ view, narrow, query, saved }: InboxAddress): URLSearchParams {
  return new URLSearchParams({ view, ...narrow, ...(query ? { q: query } : {}), ...(saved ? { saved } : {}) });
}

/** As the server's list is asked. */
export function filterOf({ assignee, team, channel, label, unread, waiting }: Narrowing) {
  return {
    assignee,
    teamId: team,
    channelId: channel,
    labelId: label,
    unread: unread ? true : undefined,
    waitingMinutes: waiting ? Number(waiting) : undefined,
  };
}
