import { afterEach, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "./config.ts";
import { mayReach, reachableAddress, refusePrivateHost } from "./reach.ts";

afterEach(() => useConfig(undefined));

const inside = [
  "10.1.2.3",
  "172.16.0.9",
  "192.168.1.1",
  "127.0.0.1",
  "100.64.0.1",
  "::1",
  "fd00::1",
  "::ffff:10.0.0.1",
];
const never = [
  "169.254.169.254",
  "fe80::1",
  "0.0.0.0",
  "::",
  "224.0.0.1",
  "255.255.255.255",
  "192.0.2.7",
  // Forms that carry an IPv4 address inside.
  "64:ff9b::a00:1",
  "2002:a00:1::",
];

test("addresses of a private network are reached on the operator's word only; those of no host never", () => {
  useConfig(testConfig({ privateNetwork: false }));
  for (const address of [...inside, ...never]) expect([address, mayReach(address)]).toEqual([address, false]);
  for (const address of ["1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"]) expect(mayReach(address)).toBe(true);
  useConfig(testConfig({ privateNetwork: true }));
  for (const address of inside) expect([address, mayReach(address)]).toEqual([address, true]);
  for (const address of never) expect([address, mayReach(address)]).toEqual([address, false]);
});

test("a name is judged by what it resolves to, and so is every way to write an address", async () => {
  useConfig(testConfig({ privateNetwork: false }));
  await expect(reachableAddress("localhost")).rejects.toMatchObject({ code: "EPRIVATE" });
  for (const url of ["http://2130706433/", "http://0x7f.1/", "https://[::1]/", "http://[::ffff:7f00:1]/"]) {
    expect(() => refusePrivateHost(new URL(url))).toThrow("private network");
  }
  useConfig(testConfig({ privateNetwork: true }));
  expect(["127.0.0.1", "::1"]).toContain(await reachableAddress("localhost"));
});
