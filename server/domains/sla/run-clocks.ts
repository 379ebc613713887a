import type { SlaClock, SlaClocks, SlaTarget, tickets } from "#db/schema/tickets.ts";
import { slaTargets } from "#db/schema/tickets.ts";
import { addBusinessTime, businessTimeBetween } from "#server/domains/channels/index.ts";
import type { SlaPolicy, SlaSettings } from "./sla-settings.ts";

type Ticket = typeof tickets.$inferSelect;

/** What deadlines depend on, as the ticket is now. */
export type ReckonedTicket = Pick<
  Ticket,
  "status" | "priority" | "channelType" | "conversationId" | "createdAt" | "firstResponseAt" | "slaClocks"
>;

/** Something that the ticket's columns do not tell. */
export type Happening = "customer_wrote" | "member_replied";

/** The columns that follow from them. */
export type Deadlines = Pick<
  Ticket,
  "slaPolicyId" | "slaClocks" | "firstResponseDueAt" | "nextResponseDueAt" | "resolutionDueAt" | "slaWatchAt"
>;

export interface Reckoned {
  deadlines: Deadlines;
  policy: SlaPolicy | null;
  /** What is to be told of now, where it was asked for: each once. */
  warned: SlaTarget[];
  breached: SlaTarget[];
}

const minuteMs = 60_000;

/**
 * Moves a ticket's promises on to an instant. Each is a stopwatch of business time: it runs while the ticket is
 * with us, rests while it waits for the customer or is done, goes on with what was left, and stops when the
 * promise is fulfilled. Doing so twice changes nothing. Null where nothing was ever promised.
 *
 * - first response: from the opening, where there is a conversation, to a member's first public reply;
 * - next response: from the first message that nobody has answered to the reply, once there was a first one;
 * - resolution: until the ticket is resolved or closed. Opened again, it goes on.
 *
 * `tell` marks what is due by now as told of, and names it.
 */
export function reckon(
  settings: SlaSettings,
  ticket: ReckonedTicket,
  at: Date,
  { happened, tell = false }: { happened?: Happening | undefined; tell?: boolean } = {},
): Reckoned | null {
  if (!ticket.slaClocks && settings.policies.length === 0) return null;
  const policy = policyFor(settings, ticket);
  const clocks = structuredClone(ticket.slaClocks) ?? begin(settings, ticket);
  if (happened) listen(settings, clocks, happened, at.getTime());
  follow(settings, clocks, ticket.status, at.getTime());
  promise(clocks, policy);

  const reckoned: Reckoned = {
    deadlines: {
      slaPolicyId: policy?.id ?? null,
      slaClocks: clocks,
      firstResponseDueAt: dueAt(settings, clocks.first_response),
      nextResponseDueAt: dueAt(settings, clocks.next_response),
      resolutionDueAt: dueAt(settings, clocks.resolution),
      slaWatchAt: null,
    },
    policy,
    warned: [],
    breached: [],
  };
  const words = wordsOf(settings, reckoned);
  if (tell) say(reckoned, words, at);
  reckoned.deadlines.slaWatchAt = nextWord(clocks, words);
  return reckoned;
}

/** The first policy that is for tickets like this one. */
export function policyFor(
  { policies }: SlaSettings,
  { priority, channelType }: Pick<ReckonedTicket, "priority" | "channelType">,
): SlaPolicy | null {
  const fits = (policy: SlaPolicy) =>
    (policy.priorities.length === 0 || policy.priorities.includes(priority)) &&
    (policy.channels.length === 0 || (channelType !== null && policy.channels.includes(channelType)));
  return policies.find(fits) ?? null;
}

function begin(settings: SlaSettings, { createdAt, conversationId, firstResponseAt }: ReckonedTicket): SlaClocks {
  const from = createdAt.getTime();
  const resolution = started(from);
  if (!conversationId) return { resolution };
  const first = started(from);
  if (firstResponseAt) stop(settings, first, firstResponseAt.getTime());
  return { first_response: first, resolution };
}

const started = (since: number): SlaClock => ({ target: null, used: 0, since, met: null });

function listen(settings: SlaSettings, clocks: SlaClocks, happened: Happening, at: number): void {
  const { first_response: first, next_response: next } = clocks;
  if (happened === "member_replied") {
    for (const clock of [first, next]) if (clock && clock.met === null) stop(settings, clock, at);
  } else if ((!first || first.met !== null) && (!next || next.met !== null)) {
    clocks.next_response = started(at);
  }
}

/** The promise is fulfilled. */
function stop(settings: SlaSettings, clock: SlaClock, at: number): void {
  rest(settings, clock, at);
  clock.met = at;
}

function rest({ hours, zone }: SlaSettings, clock: SlaClock, at: number): void {
  if (clock.since === null) return;
  clock.used += businessTimeBetween(hours, zone, new Date(clock.since), new Date(at));
  clock.since = null;
}

/** Runs or rests as the status says. */
function follow(settings: SlaSettings, clocks: SlaClocks, status: Ticket["status"], at: number): void {
  const { resolution } = clocks;
  const done = status === "resolved" || status === "closed";
  if (resolution && done && resolution.met === null) stop(settings, resolution, at);
  if (resolution && !done) resolution.met = null;
  const withUs = !done && status !== "waiting_customer";
  for (const target of slaTargets) {
    const clock = clocks[target];
    if (!clock || clock.met !== null) continue;
    if (withUs) clock.since ??= at;
    else rest(settings, clock, at);
  }
}

/** What was fulfilled keeps the promise that it was fulfilled under. */
function promise(clocks: SlaClocks, policy: SlaPolicy | null): void {
  const minutes: Record<SlaTarget, number | null> = {
    first_response: policy?.firstResponseMinutes ?? null,
    next_response: policy?.nextResponseMinutes ?? null,
    resolution: policy?.resolutionMinutes ?? null,
  };
  for (const target of slaTargets) {
    const clock = clocks[target];
    if (clock && clock.met === null) clock.target = minutes[target];
  }
}

/** When a promise that runs is due, `ahead` minutes earlier. One whose time was up when it began to run was due then. */
function dueAt({ hours, zone }: SlaSettings, clock: SlaClock | undefined, ahead = 0): Date | null {
  if (!clock || clock.since === null || clock.target === null) return null;
  return addBusinessTime(hours, zone, new Date(clock.since), (clock.target - ahead) * minuteMs - clock.used);
}

/** When each promise that runs is to be told of. */
type Words = Partial<Record<SlaTarget, { ahead: Date | null; missed: Date }>>;

function wordsOf(settings: SlaSettings, { deadlines, policy }: Reckoned): Words {
  const due: Record<SlaTarget, Date | null> = {
    first_response: deadlines.firstResponseDueAt,
    next_response: deadlines.nextResponseDueAt,
    resolution: deadlines.resolutionDueAt,
  };
  const lead = policy?.warnMinutes ?? 0;
  const words: Words = {};
  for (const target of slaTargets) {
    const missed = due[target];
    const clock = deadlines.slaClocks?.[target];
    if (!missed || !clock) continue;
    // A promise that is no longer than its warning is not warned of: it would be from its first minute on.
    const warns = lead > 0 && (clock.target ?? 0) > lead;
    words[target] = { missed, ahead: warns ? dueAt(settings, clock, lead) : null };
  }
  return words;
}

function say(reckoned: Reckoned, words: Words, at: Date): void {
  const clocks = reckoned.deadlines.slaClocks ?? {};
  for (const target of slaTargets) {
    const [clock, word] = [clocks[target], words[target]];
    if (!clock || !word) continue;
    if (word.missed <= at && !clock.breached) {
      clock.warned = clock.breached = true;
      reckoned.breached.push(target);
    } else if (word.ahead && word.ahead <= at && !clock.warned) {
      clock.warned = true;
      reckoned.warned.push(target);
    }
  }
}

function nextWord(clocks: SlaClocks, words: Words): Date | null {
  const instants = slaTargets.flatMap((target) => {
    const [clock, word] = [clocks[target], words[target]];
    if (!clock || !word || clock.breached) return [];
    return !clock.warned && word.ahead ? [word.ahead.getTime()] : [word.missed.getTime()];
  });
  return instants.length > 0 ? new Date(Math.min(...instants)) : null;
}
