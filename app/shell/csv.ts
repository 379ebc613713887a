/** A value in a line of CSV (RFC 4180). What would be run as a formula by a spreadsheet is given to it as text; a phone number is none. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=@\t\r-]|^\+(?!\d+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

interface CsvPages<Page> {
  /** The first line. */
  head: string;
  first: Page;
  linesOf: (page: Page) => string;
  /** The page behind it, or nothing where it was the last. */
  after: (page: Page) => Promise<Page> | null;
  /** Of the request: nothing more is read once nobody listens. */
  signal: AbortSignal;
}

/** A file that is read page by page, as fast as it is taken. */
export function csvPages<Page>({ head, first, linesOf, after, signal }: CsvPages<Page>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let page: Page | null = first;
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    pull: async (controller) => {
      if (page === null) return controller.close();
      controller.enqueue(encoder.encode(linesOf(page)));
      page = signal.aborted ? null : await after(page);
    },
  });
}

/** A file to be downloaded, named after the day. */
export function csvResponse(body: ReadableStream<Uint8Array> | string, name: string): Response {
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-${day}.csv"`,
      "cache-control": "no-store",
    },
  });
}
