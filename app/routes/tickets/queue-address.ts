import { channels, priorities, statuses } from "./ticket-words.ts";

export const views = ["mine", "unassigned", "urgent", "waiting", "open", "all"] as const;
export type View = (typeof views)[number];
const sorts = ["updated", "created", "number", "priority"] as const;
export type Sort = (typeof sorts)[number];

/** What the address of a queue says. Anything it does not know is left out. */
export interface Queue {
  view: View;
  sort: Sort;
  direction: "asc" | "desc";
  status: (typeof statuses)[number][];
  priority: (typeof priorities)[number][];
  assignee: string | undefined;
  channel: (typeof channels)[number] | undefined;
  search: string | undefined;
  after: string | undefined;
  before: string | undefined;
  /** The number of the first row, for « 51–100 of 1 204 »; only shown. */
  from: number;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readQueue(params: URLSearchParams): Queue {
  const one = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === params.get(name));
  const some = <T extends string>(name: string, known: readonly T[]) => {
    const asked = params.get(name)?.split(",") ?? [];
    return known.filter((value) => asked.includes(value));
  };
  const assignee = params.get("assignee") ?? "";
  return {
    view: one("view", views) ?? "mine",
    sort: one("sort", sorts) ?? "updated",
    direction: params.get("direction") === "asc" ? "asc" : "desc",
    status: some("status", statuses),
    priority: some("priority", priorities),
    assignee: assignee === "me" || assignee === "none" || id.test(assignee) ? assignee : undefined,
    channel: one("channel", channels),
    search: params.get("q")?.trim().slice(0, 200) || undefined,
    after: params.get("after") ?? undefined,
    before: params.get("before") ?? undefined,
    from: Math.max(1, Number(params.get("from")) || 1),
  };
}

/** The address of a queue, its defaults left out; a changed queue starts at its first page. */
export function queueAddress(queue: Queue, change: Partial<Queue> = {}): string {
  const next: Queue = { ...queue, after: undefined, before: undefined, from: 1, ...change };
  const params = new URLSearchParams();
  if (next.view !== "mine") params.set("view", next.view);
  if (next.sort !== "updated") params.set("sort", next.sort);
  if (next.direction !== "desc") params.set("direction", next.direction);
  if (next.status.length) params.set("status", next.status.join(","));
  if (next.priority.length) params.set("priority", next.priority.join(","));
  for (const name of ["assignee", "channel", "after", "before"] as const) if (next[name]) params.set(name, next[name]);
  if (next.search) params.set("q", next.search);
  if (next.from > 1) params.set("from", String(next.from));
  return `?${params}`;
}

export function isNarrowed(queue: Queue): boolean {
  return (
    queue.status.length > 0 || queue.priority.length > 0 || Boolean(queue.assignee ?? queue.channel ?? queue.search)
  );
}
