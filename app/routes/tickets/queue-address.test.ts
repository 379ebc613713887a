import { expect, it } from "vitest";
import { ticketColumns, ticketSorts, ticketViews } from "#server/domains/tickets/schemas.ts";
import { columns, filterOf, queueAddress, readQueue, views } from "./queue-address.ts";

const read = (address: string) => readQueue(new URLSearchParams(address));
const someId = "01a1fc1d-c26e-7c54-97b5-0e25dc4acc29";

it("reads back every address that it writes", () => {
  for (const address of [
    "?",
    "?view=open&sort=priority&direction=asc",
    "?view=all&status=open,resolved&priority=urgent&assignee=me&channel=sms&q=lampe+cass%C3%A9e",
    `?view=all&team=${someId}&category=${someId}&columns=status,customer&layout=board&saved=${someId}`,
    "?view=open&after=MTc2.x&from=51",
  ]) {
    const queue = read(address);
    expect(decodeURIComponent(queueAddress(queue, { after: queue.after, from: queue.from }))).toBe(
      decodeURIComponent(address),
    );
  }
});

it("leaves out what it does not know and starts a changed queue at its first page", () => {
  expect(read("?view=nope&status=open,nope&assignee=x&channel=fax&from=-3&sort=drop&columns=due,due,x")).toEqual(
    read("?status=open&columns=due"),
  );
  expect(queueAddress(read("?view=open&after=abc.d&from=101"), { sort: "number" })).toBe("?view=open&sort=number");
});

it("knows what the server knows", () => {
  expect(views).toEqual(ticketViews);
  expect(columns).toEqual(ticketColumns);
  for (const sort of ticketSorts) expect(read(`?sort=${sort}`).sort).toBe(sort);
  expect(filterOf(read(`?team=${someId}&q=lampe`))).toMatchObject({ view: "mine", teamId: someId, search: "lampe" });
});
