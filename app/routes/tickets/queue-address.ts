import { channels, priorities, statuses } from "./ticket-words.ts";

export const views = ["mine", "unassigned", "urgent", "breaching", "waiting", "watched", "open", "all"] as const;
export type View = (typeof views)[number];
const sorts = ["updated", "created", "number", "priority", "deadline"] as const;
export type Sort = (typeof sorts)[number];
/** What the table can show beside number and subject, and what it shows unless somebody chose. */
export const columns = [
  "customer",
  "channel",
  "status",
  "priority",
  "deadline",
  "due",
  "assignee",
  "updated",
  "created",
] as const;
export type Column = (typeof columns)[number];
export const usualColumns: readonly Column[] = [
  "customer",
  "channel",
  "status",
  "priority",
  "deadline",
  "assignee",
  "updated",
];

/** What the address of a queue says. Anything it does not know is left out. */
export interface Queue {
  view: View;
  sort: Sort;
  direction: "asc" | "desc";
  status: (typeof statuses)[number][];
  priority: (typeof priorities)[number][];
  assignee: string | undefined;
  team: string | undefined;
  channel: (typeof channels)[number] | undefined;
  category: string | undefined;
  search: string | undefined;
  /** In their order; empty: the member's own. */
  columns: Column[];
  layout: "table" | "board";
  /** The saved view that it began from. */
  saved: string | undefined;
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
  const idOf = (name: string) => {
    const value = params.get(name) ?? "";
    return id.test(value) ? value : undefined;
  };
  const assignee = params.get("assignee") ?? "";
  const view = one("view", views) ?? "mine";
  const usual = usualOrder(view);
  return {
    view,
    sort: one("sort", sorts) ?? usual.sort,
    direction: one("direction", ["asc", "desc"]) ?? usual.direction,
    status: some("status", statuses),
    priority: some("priority", priorities),
    assignee: assignee === "me" || assignee === "none" ? assignee : idOf("assignee"),
    team: idOf("team"),
    channel: one("channel", channels),
    category: idOf("category"),
    search: params.get("q")?.trim().slice(0, 200) || undefined,
    columns: columnsOf(params.get("columns")?.split(",") ?? []),
    layout: params.get("layout") === "board" ? "board" : "table",
    saved: idOf("saved"),
    after: params.get("after") ?? undefined,
    before: params.get("before") ?? undefined,
    from: Math.max(1, Number(params.get("from")) || 1),
  };
}

/** What a view is sorted by unless somebody chose: where deadlines are the matter, the nearest first. */
function usualOrder(view: View): Pick<Queue, "sort" | "direction"> {
  return view === "breaching" ? { sort: "deadline", direction: "asc" } : { sort: "updated", direction: "desc" };
}

/** Known columns in the order that they were asked for, each once. */
export function columnsOf(asked: readonly string[]): Column[] {
  return [...new Set(asked)].flatMap((name) => columns.find((column) => column === name) ?? []);
}

/** The address of a queue, its defaults left out; a changed queue starts at its first page. */
export function queueAddress(queue: Queue, change: Partial<Queue> = {}): string {
  const next: Queue = { ...queue, after: undefined, before: undefined, from: 1, ...change };
  const params = new URLSearchParams();
  if (next.view !== "mine") params.set("view", next.view);
  const usual = usualOrder(next.view);
  if (next.sort !== usual.sort) params.set("sort", next.sort);
  if (next.direction !== usual.direction) params.set("direction", next.direction);
  if (next.status.length) params.set("status", next.status.join(","));
  if (next.priority.length) params.set("priority", next.priority.join(","));
  for (const name of ["assignee", "team", "channel", "category"] as const) if (next[name]) params.set(name, next[name]);
  if (next.columns.length) params.set("columns", next.columns.join(","));
  if (next.layout === "board") params.set("layout", "board");
  for (const name of ["saved", "after", "before"] as const) if (next[name]) params.set(name, next[name]);
  if (next.search) params.set("q", next.search);
  if (next.from > 1) params.set("from", String(next.from));
  return `?${params}`;
}

/** Which tickets a queue means, as the procedures ask for it. */
export function filterOf({ view, status, priority, assignee, team, channel, category, search }: Queue) {
  return { view, status, priority, assignee, teamId: team, channel, categoryId: category, search };
}

/** Nothing but the view narrows the queue. */
export const noFilter: Partial<Queue> = {
  status: [],
  priority: [],
  assignee: undefined,
  team: undefined,
  channel: undefined,
  category: undefined,
  search: undefined,
};

export function isNarrowed({ status, priority, assignee, team, channel, category, search }: Queue): boolean {
  return status.length > 0 || priority.length > 0 || Boolean(assignee ?? team ?? channel ?? category ?? search);
}
