import { expect, test } from "vitest";

import { appointmentViewQuery, shownStatuses } from "#server/domains/appointments/schemas.ts";

import { statuses } from "./appointment-words.ts";
import { isNarrowed, listAddress, periods, readListing } from "./list-address.ts";
import { filterOf } from "./list-filter.ts";

const read = (query: string) => readListing(new URLSearchParams(query));
const member = "0198a000-0000-7000-8000-000000000001";

test("an address is read as it was written; what it does not know is left out", () => {
  const listing = read(`period=past&status=no_show,cancelled&member=${member}&from=2026-11-01&after=x&at=51`);
  expect(listing).toMatchObject({
    period: "past",
    status: ["cancelled", "no_show"],
    member,
    from: "2026-11-01",
    at: 51,
  });
  expect(read(listAddress(listing, { after: "x", at: 51 }).slice(1))).toEqual(listing);
  expect(isNarrowed(read("period=ever&status=held&member=me&from=soon"))).toBe(false);
  expect(listAddress(read(""))).toBe("?");
});

test("a saved view may keep whatever narrows the list, without its page", () => {
  const kept = (query: string) => {
    const params = Object.fromEntries(new URLSearchParams(listAddress(read(query), { saved: undefined })));
    expect(appointmentViewQuery.parse(params)).toEqual(params);
    return params;
  };
  const all = `period=past&status=no_show,cancelled&from=2026-11-01&until=2026-11-30&member=${member}&service=${member}&customer=${member}`;
  expect(Object.keys(kept(`${all}&saved=${member}&after=x&at=51`))).toHaveLength(7);
  for (const period of periods) kept(`period=${period}`);
  expect(statuses).toEqual(shownStatuses);
});

test("days are those of the zone, and take the place of the period", () => {
  const now = Date.parse("2026-10-25T12:00:00Z");
  const zone = "Europe/Paris";
  expect(filterOf(read("period=today"), now, zone)).toMatchObject({
    from: new Date("2026-10-24T22:00:00Z"),
    until: new Date("2026-10-25T23:00:00Z"),
    direction: "asc",
  });
  expect(filterOf(read("period=past"), now, zone)).toMatchObject({ until: new Date(now), direction: "desc" });
  expect(filterOf(read("from=2026-03-29&until=2026-03-29&period=past"), now, zone)).toMatchObject({
    from: new Date("2026-03-28T23:00:00Z"),
    until: new Date("2026-03-29T22:00:00Z"),
    direction: "asc",
  });
  expect(filterOf(read("period=all"), now, zone)).not.toHaveProperty("from");
});
