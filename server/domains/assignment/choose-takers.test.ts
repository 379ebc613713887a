import fc from "fast-check";
import { expect, test } from "vitest";
import { channelAssignments } from "#db/schema/channels.ts";
import { teamAssignments } from "#db/schema/teams.ts";
import type { Person, Piece, Team } from "./choose-takers.ts";
import { chooseTakers } from "./choose-takers.ts";

const ids = ["ana", "ben", "cleo", "dan"];
const now = 1_000;

const someone = (userId: string) =>
  fc.record({
    userId: fc.constant(userId),
    name: fc.constant(userId),
    active: fc.boolean(),
    online: fc.boolean(),
    away: fc.boolean(),
    absent: fc.boolean(),
    substituteId: fc.constantFrom(null, ...ids),
    capacity: fc.constantFrom(null, 0, 1, 2, 3),
    load: fc.nat(3),
    lastGivenAt: fc.option(fc.nat(2_000)),
  });
const someTeam = (id: string) =>
  fc.record({
    id: fc.constant(id),
    assignment: fc.constantFrom(...teamAssignments),
    givesOffline: fc.boolean(),
    memberIds: fc.subarray(ids),
  });
const somePiece = fc.record({
  kind: fc.constantFrom("conversation" as const, "ticket" as const),
  teamId: fc.constantFrom(null, "shop", "repairs"),
  assigneeId: fc.constantFrom(null, null, ...ids),
  rule: fc.constantFrom(...channelAssignments),
  namedId: fc.constantFrom(null, ...ids),
  about: fc.option(fc.nat(7)),
});
const world = fc.record({
  people: fc.tuple(...ids.map(someone)),
  teams: fc.tuple(someTeam("shop"), someTeam("repairs")),
  pieces: fc.array(somePiece, { maxLength: 8 }),
});

/** Says the same in the plainest way: for each piece, everybody is asked whether they may, and the best is sought among all. */
function reference(pieces: readonly Piece[], teams: readonly Team[], everybody: readonly Person[]) {
  const people = structuredClone(everybody) as Person[];
  const find = (id: string | null) => people.find(({ userId }) => userId === id);
  let order = Math.max(now - 1, ...people.map((person) => person.lastGivenAt ?? 0));
  const results: { assigneeId: string | null; seeking: boolean }[] = [];
  const can = (person: Person | undefined) =>
    person !== undefined &&
    person.active &&
    !person.away &&
    !person.absent &&
    (person.capacity === null || person.load + 1 <= person.capacity);
  for (const piece of pieces) {
    const holder = find(piece.assigneeId);
    const followed = pieces.findIndex(({ kind, id }) => kind === "conversation" && id === piece.conversationId);
    const team = teams.find(({ id }) => id === piece.teamId);
    const rule = piece.rule === "as_team" ? (team?.assignment ?? "by_hand") : piece.rule;
    if (holder && holder.active && !holder.absent) {
      results.push({ assigneeId: holder.userId, seeking: false });
      continue;
    }
    if (followed >= 0 && followed < results.length) {
      const { assigneeId, seeking } = results[followed]!;
      const works = people.some((person) => person.userId === assigneeId && person.active && !person.absent);
      results.push({ assigneeId: works ? assigneeId : piece.assigneeId, seeking });
      continue;
    }
    let taker: Person | undefined;
    if (holder?.absent && can(find(holder.substituteId))) taker = find(holder.substituteId);
    else if (rule === "member") {
      const named = find(piece.namedId);
      if (can(named)) taker = named;
      else if (named?.absent && can(find(named.substituteId))) taker = find(named.substituteId);
    } else if (rule !== "by_hand" && team) {
      for (const person of people) {
        const isIn = team.memberIds.includes(person.userId) && !person.absent;
        const standsIn = people.some(
          (one) =>
            team.memberIds.includes(one.userId) && one.active && one.absent && one.substituteId === person.userId,
        );
        if (!(isIn || standsIn) || !can(person) || !(person.online || team.givesOffline)) continue;
        const key = (one: Person) => [
          rule === "least_loaded" ? one.load : 0,
          one.lastGivenAt ?? -1,
          ids.indexOf(one.userId),
        ];
        const [mine, best] = [key(person), taker ? key(taker) : null];
        const first = best ? mine.findIndex((value, at) => value !== best[at]) : 0;
        if (!best || mine[first]! < best[first]!) taker = person;
      }
    }
    if (taker) {
      taker.load += 1;
      taker.lastGivenAt = ++order;
      results.push({ assigneeId: taker.userId, seeking: false });
    } else results.push({ assigneeId: piece.assigneeId, seeking: rule !== "by_hand" });
  }
  return results;
}

test("whoever is chosen is whom the plainest way chooses, and nobody goes above what they can hold", () => {
  fc.assert(
    fc.property(world, ({ people, teams, pieces: made }) => {
      const pieces = made.map(({ about, ...piece }, at): Piece => {
        const isTicket = piece.kind === "ticket";
        const conversationId = isTicket && about !== null && about < at ? `piece ${about}` : null;
        return { ...piece, id: `piece ${at}`, rule: isTicket ? "as_team" : piece.rule, conversationId };
      });
      const { decisions, turns } = chooseTakers(pieces, teams, people, now);
      const chosen = decisions.map(({ assigneeId, seeking }) => ({ assigneeId, seeking }));
      expect(chosen).toEqual(reference(pieces, teams, people));
      for (const person of people) {
        const given = decisions.filter(
          ({ piece, assigneeId }) => assigneeId === person.userId && piece.assigneeId !== person.userId,
        );
        const own = given.filter(({ piece }) => piece.conversationId === null);
        if (person.capacity !== null && own.length > 0)
          expect(person.load + own.length).toBeLessThanOrEqual(person.capacity);
        if (!person.active || person.away || person.absent) expect(own).toEqual([]);
        if (own.length > 0 || given.length === 0) expect(turns.has(person.userId)).toBe(given.length > 0);
      }
    }),
    { numRuns: 5_000 },
  );
});

test("each has their turn, whoever was given something the longest ago first", () => {
  const person = (userId: string, lastGivenAt: number | null): Person => ({
    userId,
    name: userId,
    active: true,
    online: true,
    away: false,
    absent: false,
    substituteId: null,
    capacity: null,
    load: 0,
    lastGivenAt,
  });
  const team: Team = { id: "shop", assignment: "round_robin", givesOffline: false, memberIds: ["ana", "ben", "cleo"] };
  const pieces = Array.from({ length: 7 }, (_, at): Piece => ({
    kind: "conversation",
    id: String(at),
    teamId: "shop",
    assigneeId: null,
    rule: "as_team",
    namedId: null,
    conversationId: null,
  }));
  const { decisions } = chooseTakers(pieces, [team], [person("ana", 30), person("ben", null), person("cleo", 20)], now);
  expect(decisions.map(({ assigneeId }) => assigneeId)).toEqual(["ben", "cleo", "ana", "ben", "cleo", "ana", "ben"]);
});
