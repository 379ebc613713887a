import { expect, it } from "vitest";
import { queueAddress, readQueue } from "./queue-address.ts";

const read = (address: string) => readQueue(new URLSearchParams(address));

it("reads back every address that it writes", () => {
  for (const address of [
    "?",
    "?view=open&sort=priority&direction=asc",
    "?view=all&status=open,resolved&priority=urgent&assignee=me&channel=sms&q=lampe+cass%C3%A9e",
    "?view=open&after=MTc2.x&from=51",
  ]) {
    const queue = read(address);
    expect(decodeURIComponent(queueAddress(queue, { after: queue.after, from: queue.from }))).toBe(
      decodeURIComponent(address),
    );
  }
});

it("leaves out what it does not know and starts a changed queue at its first page", () => {
  expect(read("?view=nope&status=open,nope&assignee=x&channel=fax&from=-3&sort=drop")).toEqual(read("?status=open"));
  expect(queueAddress(read("?view=open&after=abc.d&from=101"), { sort: "number" })).toBe("?view=open&sort=number");
});
