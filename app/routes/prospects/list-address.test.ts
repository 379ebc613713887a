import { expect, test } from "vitest";
import { prospectSources, prospectStatuses } from "#db/schema/prospects.ts";
import { prospectViewQuery, sorts as knownSorts, stages as knownStages } from "#server/domains/prospects/schemas.ts";

import { dues, isNarrowed, listAddress, noFilter, readListing, scores, sorts } from "./list-address.ts";
import { sources, stages, statuses } from "./prospect-words.ts";

const id = "0198a000-0000-7000-8000-000000000001";
const read = (query: string) => readListing(new URLSearchParams(query));
const all = `due=week&status=new,lost&score=50&sort=score&owner=${id}&source=call&stage=appointment&customer=${id}&since=2026-11-01`;

test("an address is read as it was written; what it does not know is left out", () => {
  expect(decodeURIComponent(listAddress(read(`${all}&saved=${id}`)))).toBe(`?${all}&saved=${id}`);
  expect(listAddress(read("due=x&status=odd&score=51&sort=x&owner=me&source=x&stage=x&customer=1&since=soon"))).toBe(
    "?",
  );
  expect(listAddress({ ...read(`${all}&saved=${id}`), ...noFilter, due: "all", sort: "recent" })).toBe("?");
  expect(isNarrowed(read(`due=week&sort=score&saved=${id}`))).toBe(false);
});

test("a saved view may keep whatever narrows the list, without its page", () => {
  const kept = (query: string) => {
    const params = Object.fromEntries(new URLSearchParams(listAddress(read(query), { saved: undefined })));
    expect(prospectViewQuery.parse(params)).toEqual(params);
    return params;
  };
  expect(Object.keys(kept(`${all}&saved=${id}&after=x&at=51`))).toHaveLength(9);
  kept("owner=none");
  for (const due of dues) kept(`due=${due}`);
  for (const score of scores) expect(kept(`score=${score}`)).toEqual({ score: String(score) });
  expect(statuses.toSorted()).toEqual([...prospectStatuses].toSorted());
  expect([sources, stages, sorts]).toEqual([prospectSources, knownStages, knownSorts]);
});
