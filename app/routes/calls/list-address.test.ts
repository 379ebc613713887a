import { describe, expect, it } from "vitest";

import { callDirections, callSentiments, callStatuses } from "#db/schema/calls.ts";
import { callViewQuery } from "#server/domains/calls/schemas.ts";

import {
  directions,
  filterOf,
  isNarrowed,
  kinds,
  listAddress,
  noFilter,
  periods,
  readListing,
  sentiments,
  statuses,
} from "./list-address.ts";

const id = "019a0000-0000-7000-8000-000000000001";
const read = (address: string) => readListing(new URLSearchParams(address));

describe("the list of calls", () => {
  it("keeps in its address what it is narrowed by, and nothing else", () => {
    const address = `?only=missed&direction=in&status=no_answer&sentiment=mixed&channel=${id}&customer=${id}&days=7`;
    expect(listAddress(read(address))).toBe(address);
    expect(listAddress(read("?only=x&direction=up&status=lost&channel=1&days=3&page=9"))).toBe("?");
    expect(listAddress(read("?days=all"))).toBe("?days=all");
  });

  it("may be kept as a view whatever it is narrowed by", () => {
    const kept = (address: string) => {
      const query = Object.fromEntries(new URLSearchParams(listAddress(read(address), { saved: undefined })));
      expect(callViewQuery.parse(query)).toEqual(query);
      return query;
    };
    const all = `?only=missed&direction=in&status=no_answer&sentiment=mixed&channel=${id}&customer=${id}&days=7`;
    expect(Object.keys(kept(`${all}&saved=${id}&cursor=x`))).toHaveLength(7);
    for (const days of [...periods, "all"]) kept(`?days=${days}`);
    for (const only of kinds) expect(kept(`?only=${only}`)).toEqual({ only });
    expect(statuses.toSorted()).toEqual(callStatuses.toSorted());
    expect(sentiments.toSorted()).toEqual(callSentiments.toSorted());
    expect(directions).toEqual(callDirections);
  });

  it("starts at its first page when it changes", () => {
    const listing = read("?cursor=abc");
    expect(listAddress(listing, { cursor: "next" })).toBe("?cursor=next");
    expect(listAddress(listing, { direction: "out" })).toBe("?direction=out");
  });

  it("is narrowed by anything but its period", () => {
    expect(isNarrowed(read("?days=365"))).toBe(false);
    expect(isNarrowed(read("?only=agent"))).toBe(true);
    expect(isNarrowed({ ...read(`?customer=${id}`), ...noFilter })).toBe(false);
  });

  it("asks for ids under the names of the procedure", () => {
    expect(filterOf(read(`?customer=${id}&days=all`))).toMatchObject({ customerId: id, days: undefined });
  });
});
