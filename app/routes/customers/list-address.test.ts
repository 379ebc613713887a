import { expect, test } from "vitest";
import { segments as knownSegments } from "#db/schema/customers.ts";
import { customerViewQuery } from "#server/domains/customers/schemas.ts";

import { segments } from "./customer-words.ts";
import { listAddress, readListing } from "./list-address.ts";

const id = "0198a000-0000-7000-8000-000000000001";
const read = (query: string) => readListing(new URLSearchParams(query));
const all = "q=camille&segment=vip&tag=fidèle&sort=revenue";

test("an address is read as it was written; what it does not know is left out", () => {
  expect(decodeURIComponent(listAddress(read(`${all}&saved=${id}`)))).toBe(`?${all}&saved=${id}`);
  expect(listAddress(read("segment=x&sort=x&saved=1&from=-3"))).toBe("?");
});

test("a saved view may keep whatever narrows the list, without its page", () => {
  const params = Object.fromEntries(
    new URLSearchParams(listAddress(read(`${all}&saved=${id}&after=x&from=51`), { saved: undefined })),
  );
  expect(Object.keys(params)).toHaveLength(4);
  expect(customerViewQuery.parse(params)).toEqual(params);
  for (const sort of ["name", "revenue"]) expect(customerViewQuery.parse({ sort })).toEqual({ sort });
  expect(segments).toEqual(knownSegments);
});
