import type { ThreadMessage } from "../inbox/data.ts";
import type { TicketDetail } from "./ticket-aside.tsx";

type Event = TicketDetail["events"][number];
/** A line of the history: something that was done or noted, or something that was said. */
export type StoryLine =
  | { at: Date; event: Event; message?: never }
  | { at: Date; message: ThreadMessage; event?: never };

export const parts = ["all", "changes", "notes", "messages"] as const;
export type Part = (typeof parts)[number];

export function readPart(asked: string | null): Part {
  return parts.find((part) => part === asked) ?? "all";
}

/** Events and messages as one story, oldest first, as far as `part` asks for them. */
export function storyOf(events: readonly Event[], messages: readonly ThreadMessage[], part: Part): StoryLine[] {
  const done = events.filter(({ type }) => part === "all" || (part === "notes" ? type === "note" : type !== "note"));
  const said = messages.filter(({ kind }) => kind !== "event" && (part !== "notes" || kind === "note"));
  const lines: StoryLine[] = [
    ...(part === "messages" ? [] : done.map((event) => ({ at: event.createdAt, event }))),
    ...(part === "changes" ? [] : said.map((message) => ({ at: message.occurredAt, message }))),
  ];
  return lines.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
