import { expect, it } from "vitest";
import { csvPages } from "./csv.ts";

const pages = [["a", "b"], ["c"], ["d"]];
const file = (signal: AbortSignal, asked: number[] = []) =>
  csvPages({
    head: "name\r\n",
    first: 0,
    linesOf: (page) => pages[page]!.map((name) => `${name}\r\n`).join(""),
    after: (page) => {
      asked.push(page);
      return page + 1 < pages.length ? Promise.resolve(page + 1) : null;
    },
    signal,
  });

it("writes a file page by page", async () => {
  const body = file(new AbortController().signal);
  expect(await new Response(body).text()).toBe("name\r\na\r\nb\r\nc\r\nd\r\n");
});

it("asks for nothing more once nobody listens", async () => {
  const gone = new AbortController();
  const asked: number[] = [];
  gone.abort();
  expect(await new Response(file(gone.signal, asked)).text()).toBe("name\r\na\r\nb\r\n");
  expect(asked).toEqual([]);
});
