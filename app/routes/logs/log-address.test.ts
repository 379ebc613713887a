import { expect, test } from "vitest";
import { webhookLogStatuses, webhookReasons } from "#db/schema/webhooks.ts";
import { logs as english } from "../../i18n/en/logs.ts";
import { logs as french } from "../../i18n/fr/logs.ts";
import { providerNames } from "#server/providers/contract.ts";
import { logViewQuery } from "#server/domains/webhook-logs/schemas.ts";
import { filterQuery, isNarrowed, periods, providers, readFilter, reasons, statuses, types } from "./log-address.ts";

test("an address is read and written back the same; what it does not know is left out", () => {
  const address =
    "?period=7d&status=rejected%2Cfailed&reason=signature_mismatch&type=message&provider=twilio&slow=1&again=1&from=2026-11-20T10%3A00%3A00.000Z&q=bonjour";
  expect(filterQuery(readFilter(new URLSearchParams(address)))).toBe(address.replaceAll("%2C", "%2C"));
  expect(readFilter(new URLSearchParams("?period=9y&status=odd&channel=x&after=y"))).toEqual(
    readFilter(new URLSearchParams()),
  );
  expect(filterQuery(readFilter(new URLSearchParams()))).toBe("");
});

test("a saved view may keep whatever a filter writes into the address", () => {
  const channel = "01940000-0000-7000-8000-000000000000";
  const wide = `?period=7d&channel=${channel}&status=rejected%2Cfailed&reason=signature_mismatch&type=message&provider=twilio&slow=1&again=1&from=2026-11-20T10%3A00%3A00.000Z&to=2026-11-20T11%3A00%3A00.000Z&q=b&text=bonjour`;
  const query = filterQuery(readFilter(new URLSearchParams(wide)));
  expect(query).toBe(wide);
  const params = Object.fromEntries(new URLSearchParams(query));
  expect(logViewQuery.parse(params)).toEqual(params);
  for (const period of periods) expect(logViewQuery.parse({ period })).toEqual({ period });
  for (const type of types) expect(logViewQuery.parse({ type })).toEqual({ type });
});

test("a changed filter starts at its first page", () => {
  const filter = readFilter(new URLSearchParams("?after=01940000-0000-7000-8000-000000000000"));
  expect(filter.after).toBeDefined();
  expect(filterQuery(filter, { status: ["failed"] })).toBe("?status=failed");
  expect(isNarrowed(filter)).toBe(false);
});

test("every status and every reason of the log is a filter, and has its words in both languages", () => {
  expect([...statuses].toSorted()).toEqual([...webhookLogStatuses].toSorted());
  expect([...reasons].toSorted()).toEqual([...webhookReasons].toSorted());
  expect(providers).toEqual(providerNames);
  for (const words of [french, english] as Record<string, string>[]) {
    for (const status of webhookLogStatuses) expect(words[`status.${status}`]).toBeTruthy();
    for (const reason of webhookReasons) {
      for (const key of ["reason", "why", "who"]) expect(words[`${key}.${reason}`]).toBeTruthy();
    }
  }
});
