import type { channelAssignments } from "#db/schema/channels.ts";
import type { teamAssignments } from "#db/schema/teams.ts";

/** A conversation or a ticket that somebody is looked for, with what decides about it. */
export interface Piece {
  kind: "conversation" | "ticket";
  id: string;
  teamId: string | null;
  /** Whose it is now. */
  assigneeId: string | null;
  /** Of the channel; a ticket goes by its team. */
  rule: (typeof channelAssignments)[number];
  /** Whom the channel names. */
  namedId: string | null;
  /** Of a ticket: the conversation it is about. */
  conversationId: string | null;
}

export interface Team {
  id: string;
  assignment: (typeof teamAssignments)[number];
  givesOffline: boolean;
  memberIds: string[];
}

/** A member as they stand, in the eyes of a rule. */
export interface Person {
  userId: string;
  name: string;
  active: boolean;
  online: boolean;
  /** They said so themselves. */
  away: boolean;
  /** Out of the office now. */
  absent: boolean;
  substituteId: string | null;
  /** Pieces of open work that they may have; null is no limit. */
  capacity: number | null;
  load: number;
  /** Milliseconds since 1970; null: nothing yet. */
  lastGivenAt: number | null;
}

/** What becomes of a piece. */
export interface Decision {
  piece: Piece;
  teamId: string | null;
  assigneeId: string | null;
  /** A rule wants somebody for it and there is nobody: it waits. */
  seeking: boolean;
}

export interface Given {
  decisions: Decision[];
  /** When each member who was given something had their turn. */
  turns: Map<string, number>;
}

/**
 * Decides, one after another, who takes what: nobody above their capacity, nobody who is away or gone, a substitute
 * in the place of somebody who is out of the office. A ticket goes with its conversation and weighs nothing beside
 * it. `now` in milliseconds since 1970.
 */
export function chooseTakers(
  pieces: readonly Piece[],
  teams: readonly Team[],
  everybody: readonly Person[],
  now: number,
): Given {
  const people = new Map(everybody.map((person) => [person.userId, { ...person }]));
  const teamById = new Map(teams.map((team) => [team.id, team]));
  const taken = new Map<string, Decision>();
  const turns = new Map<string, number>();
  let latest = Math.max(now - 1, ...everybody.map((person) => person.lastGivenAt ?? 0));

  const decisions = pieces.map((piece): Decision => {
    const decision = decide(piece);
    if (piece.kind === "conversation") taken.set(piece.id, decision);
    return decision;
  });
  return { decisions, turns };

  function decide(piece: Piece): Decision {
    const keeper = people.get(piece.assigneeId ?? "");
    const { teamId } = piece;
    if (goesOn(keeper)) return { piece, teamId, assigneeId: piece.assigneeId, seeking: false };
    const about = piece.conversationId === null ? undefined : taken.get(piece.conversationId);
    if (about) {
      const assigneeId = goesOn(people.get(about.assigneeId ?? "")) ? about.assigneeId : piece.assigneeId;
      return { piece, teamId: teamId ?? about.teamId, assigneeId, seeking: about.seeking };
    }
    const taker = substituteOf(keeper) ?? byRule(piece);
    if (taker) {
      give(taker);
      return { piece, teamId, assigneeId: taker.userId, seeking: false };
    }
    return { piece, teamId, assigneeId: piece.assigneeId, seeking: ruleOf(piece) !== "by_hand" };
  }

  /** Who takes over from somebody who is out of the office, where they can. */
  function substituteOf(person: Person | undefined): Person | undefined {
    const substitute = person?.absent && person.substituteId ? people.get(person.substituteId) : undefined;
    return substitute && mayTake(substitute) ? substitute : undefined;
  }

  function byRule(piece: Piece): Person | undefined {
    const rule = ruleOf(piece);
    if (rule === "by_hand") return undefined;
    if (rule === "member") {
      const named = piece.namedId === null ? undefined : people.get(piece.namedId);
      return named && mayTake(named) ? named : substituteOf(named);
    }
    const team = teamById.get(piece.teamId ?? "");
    if (!team) return undefined;
    const candidates = standing(team).filter((person) => mayTake(person) && (person.online || team.givesOffline));
    return candidates.toSorted((a, b) => (rule === "least_loaded" ? a.load - b.load || byTurn(a, b) : byTurn(a, b)))[0];
  }

  function ruleOf({ rule, teamId }: Piece): Exclude<Piece["rule"], "as_team"> {
    return rule === "as_team" ? (teamById.get(teamId ?? "")?.assignment ?? "by_hand") : rule;
  }

  /** Those of a team who are there, and the substitutes of those who are not; each once. */
  function standing(team: Team): Person[] {
    const ids = team.memberIds.flatMap((userId) => {
      const person = people.get(userId);
      if (!person?.active) return [];
      return person.absent ? (person.substituteId ?? []) : userId;
    });
    return [...new Set(ids)].flatMap((userId) => people.get(userId) ?? []);
  }

  function give(person: Person): void {
    latest += 1;
    person.load += 1;
    person.lastGivenAt = latest;
    turns.set(person.userId, latest);
  }
}

/** What they have may stay theirs. */
function goesOn(person: Person | undefined): boolean {
  return person !== undefined && person.active && !person.absent;
}

function mayTake({ active, away, absent, capacity, load }: Person): boolean {
  return active && !away && !absent && (capacity === null || load < capacity);
}

/** Who was given something the longest ago comes first. */
function byTurn(a: Person, b: Person): number {
  return (a.lastGivenAt ?? -1) - (b.lastGivenAt ?? -1) || (a.userId < b.userId ? -1 : 1);
}
