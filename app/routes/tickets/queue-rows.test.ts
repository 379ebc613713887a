import { expect, test } from "vitest";

import { packRows, readRows, type TicketRow } from "./queue-rows.ts";

const row: TicketRow = {
  id: "01a1fc1d-c26e-7c54-97b5-0e25dc4acc29",
  number: 12,
  subject: "Colis « cassé » </script>",
  preview: "",
  status: "open",
  priority: "high",
  channelType: null,
  dueAt: new Date("2026-03-29T01:30:00.123Z"),
  slaTarget: "first_response",
  slaDueAt: new Date("2026-03-29T02:30:00.000Z"),
  slaPaused: false,
  resolvedAt: null,
  updatedAt: new Date("2026-03-29T00:30:00.001Z"),
  createdAt: new Date("2026-03-28T23:30:00.002Z"),
  customerName: null,
  assigneeName: "Nadia",
  teamName: null,
};

test("rows come back as they went", () => {
  expect(readRows(packRows([row, { ...row, dueAt: null, resolvedAt: row.dueAt }]))).toEqual([
    row,
    { ...row, dueAt: null, resolvedAt: row.dueAt },
  ]);
  expect(readRows(packRows([]))).toEqual([]);
});
