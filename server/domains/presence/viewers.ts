import type { LiveViewer } from "#db/live.ts";
import { watchViewers } from "#db/live.ts";

/** How long one counts as looking or as writing after it was last said: browsers say it again well before. */
export const viewingMs = 35_000;
export const typingMs = 6_000;
const mostTenants = 2_000;
const mostPlaces = 5_000;

/** Somebody who looks at a conversation or a ticket now. */
export interface Viewer {
  id: string;
  userId: string;
  name: string;
  typing: boolean;
}

interface Until {
  name: string;
  viewing: number;
  typing: number;
}
/** By tenant, then by what is looked at, then by member. */
type Places = Map<string, Map<string, Until>>;
interface Known {
  tenants: Map<string, Places>;
}

// Vite reloads modules in development; what is known must outlive them, and be listened to once.
const known: Known = ((globalThis as { guichetViewers?: Known }).guichetViewers ??= begin());

function begin(): Known {
  const tenants = new Map<string, Places>();
  watchViewers((viewer) => keep(tenants, viewer, Date.now()));
  return { tenants };
}

/** Everybody who looks at something in a tenant, as far as this process has heard. */
export function viewersIn(tenantId: string, now: number): Viewer[] {
  const places = known.tenants.get(tenantId) ?? new Map<string, Map<string, Until>>();
  return [...places].flatMap(([id, people]) =>
    [...people].flatMap(([userId, { name, viewing, typing }]) =>
      viewing > now ? [{ id, userId, name, typing: typing > now }] : [],
    ),
  );
}

function keep(tenants: Map<string, Places>, { tenantId, ids, userId, name, state }: LiveViewer, now: number): void {
  if (tenants.size >= mostTenants) tenants.clear();
  const places: Places = tenants.get(tenantId) ?? new Map();
  if (places.size >= mostPlaces) forgetLapsed(places, now);
  for (const id of ids) {
    const people = places.get(id) ?? new Map<string, Until>();
    if (state === "gone") people.delete(userId);
    else people.set(userId, { name, viewing: now + viewingMs, typing: state === "typing" ? now + typingMs : 0 });
    if (people.size > 0) places.set(id, people);
    else places.delete(id);
  }
  if (places.size > 0) tenants.set(tenantId, places);
  else tenants.delete(tenantId);
}

function forgetLapsed(places: Places, now: number): void {
  for (const [id, people] of places) {
    for (const [userId, until] of people) if (until.viewing <= now) people.delete(userId);
    if (people.size === 0) places.delete(id);
  }
}
