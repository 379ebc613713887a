import { createServer } from "node:http";
import { createElement as h } from "react";
import { renderToString } from "react-dom/server";

/** The floor of P1 and P2: the same fifty rows through React alone, on Node's own server. */
interface Row {
  [column: string]: unknown;
}
const rows = JSON.parse(process.env.ROWS ?? "[]") as Row[];
const columns = [
  "number",
  "subject",
  "preview",
  "customerName",
  "channelType",
  "status",
  "priority",
  "dueAt",
  "assigneeName",
  "updatedAt",
];

const cell = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const Page = () =>
  h(
    "html",
    null,
    h(
      "body",
      null,
      h(
        "table",
        null,
        h(
          "tbody",
          null,
          rows.map((row, index) =>
            h(
              "tr",
              { key: index },
              columns.map((column) => h("td", { key: column }, h("span", { className: "cell" }, cell(row[column])))),
            ),
          ),
        ),
      ),
    ),
  );

const server = createServer((_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8").end(`<!doctype html>${renderToString(h(Page))}`);
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
