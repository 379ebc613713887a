import type { APIRequestContext } from "@playwright/test";
import { connectedLine, faultInHandler, messagePost, postTo, type Line } from "./broken-posts.ts";
import { expect, test } from "./fixtures.ts";

const shop = "/t/atelier-lumen";
const origin = () => process.env.GUICHET_URL ?? "";

interface Answer {
  name: string;
  status: number;
  body: string;
}

test("without the permission nothing that was written comes out of the log, by page, procedure or file", async ({
  page,
  signIn,
  otherPage,
}) => {
  test.setTimeout(90_000);
  await signIn("Atelier Lumen, admin");
  const line = await connectedLine(page, "Masqué");
  const marker = `mot-secret-${line.word}`;
  // May read the log, not what people wrote.
  const manager = await otherPage("Atelier Lumen, manager");
  const fault = await faultInHandler(`${marker} quoted`);
  try {
    await plant(line, marker);
    await expect
      .poll(async () => (await eventsOf(page.request, line)).map((one) => one.status).toSorted())
      .toEqual(["processed", "processed", "rejected", "retrying"]);
    const events = await eventsOf(page.request, line);

    const masked = await askEverything(manager.request, events, line, marker);
    expect(namesOf(masked, ({ body }) => body.includes(marker))).toEqual([]);
    expect(namesOf(masked, ({ status }) => status >= 400)).toEqual(
      [
        ...["", ".data"].flatMap((form) => [`page contents${form}`, `page replay${form}`]),
        ...["countReplay", "searchContents"].map((name) => `procedure ${name}`),
        ...["processed", "rejected", "retrying"].map((status) => `procedure explainSignature ${status}`),
      ].toSorted(),
    );

    // The same questions do find it where it may be seen: a search that cannot find proves nothing.
    const seen = namesOf(await askEverything(page.request, events, line, marker), ({ body }) => body.includes(marker));
    expect(seen).toEqual(
      expect.arrayContaining([
        ...["", ".data"].flatMap((form) => [`page event processed${form}`, `page event retrying${form}`]),
        "file csv",
        "file ndjson",
        "procedure export",
        "procedure get rejected",
      ]),
    );
  } finally {
    await fault.mend();
  }
});

/** The marker wherever a sender can put it: content, header, query, a file's name, an error that quotes it. */
async function plant(line: Line, marker: string): Promise<void> {
  const header = { "x-note": marker };
  await postTo(line, messagePost(line, marker), line.secret, new Date(), header);
  const document = { type: "document", document: { id: "1", mime_type: "application/pdf", filename: `${marker}.pdf` } };
  await postTo(line, messagePost(line, "", { ...document, text: undefined }), line.secret, new Date(), header);
  await postTo({ ...line, url: `${line.url}?note=${marker}` }, messagePost(line, marker), "wrong", new Date(), header);
  await postTo(line, messagePost(line, `${marker} quoted`), line.secret, new Date(), header);
}

async function eventsOf(request: APIRequestContext, line: Line): Promise<{ id: string; status: string }[]> {
  const { body } = await ask(request, "webhookLogs.list", { channelId: line.channelId });
  const rows = (JSON.parse(body) as { result: { data: { json: { rows: { id: string; status: string }[] } } } }).result;
  return rows.data.json.rows;
}

/** Every way to the log that there is, each answer's bytes by name. */
async function askEverything(
  request: APIRequestContext,
  events: readonly { id: string; status: string }[],
  line: Line,
  marker: string,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const page = async (name: string, path: string) => {
    const [place, query = ""] = path.split("?");
    for (const form of ["", ".data"]) {
      const answer = await request.get(`${origin()}${shop}/${place}${form}?${query}`);
      answers.push({ name: `page ${name}${form}`, status: answer.status(), body: await answer.text() });
    }
  };
  const procedure = async (name: string, input: object, beside = "") => {
    const answer = await ask(request, name, input);
    answers.push({ ...answer, name: `procedure ${name.split(".")[1]}${beside}` });
    return answer.body;
  };
  const filter = { channelId: line.channelId };
  const query = `period=all&channel=${line.channelId}`;
  // Part of the marker: what was asked for stands in the answer, and is no find.
  const part = marker.slice(0, -2);
  await page("list", `logs?${query}`);
  await page("contents", `logs?${query}&text=${part}`);
  await page("ledger", "logs/ledger");
  await page("replay", `logs/replay?${query}`);
  for (const { id, status } of events) {
    await page(`event ${status}`, `logs/${id}?${query}`);
    const body = await procedure("webhookLogs.get", { id }, ` ${status}`);
    await procedure("webhookLogs.related", { id }, ` ${status}`);
    await procedure("webhookLogs.explainSignature", { id }, ` ${status}`);
    const messageId = /"messageId":"([0-9a-f-]{36})"/.exec(body)?.[1];
    if (messageId) await page("flight", `flights/message/${messageId}`);
  }
  await procedure("webhookLogs.list", filter);
  await procedure("webhookLogs.export", filter);
  await procedure("webhookLogs.chart", filter);
  await procedure("webhookLogs.countReplay", filter);
  await procedure("webhookLogs.searchContents", { ...filter, text: part });
  for (const format of ["csv", "ndjson"]) {
    const answer = await request.get(`${origin()}${shop}/logs/export?${query}&format=${format}`);
    answers.push({ name: `file ${format}`, status: answer.status(), body: await answer.text() });
  }
  // No procedure of the log has a place in the REST API; one that gets it must come here.
  const described = await request.get(`${origin()}/api/v1/openapi.json`);
  expect(described.status()).toBe(200);
  const paths = Object.keys(((await described.json()) as { paths: object }).paths);
  expect(paths.filter((path) => /log|webhook|flight/i.test(path))).toEqual([]);
  return answers;
}

async function ask(request: APIRequestContext, name: string, input: object): Promise<Answer> {
  const asked = encodeURIComponent(JSON.stringify({ json: input }));
  const headers = { origin: origin(), "x-guichet-tenant": "atelier-lumen" };
  const answer = await request.get(`${origin()}/trpc/${name}?input=${asked}`, { headers });
  return { name, status: answer.status(), body: await answer.text() };
}

const namesOf = (answers: readonly Answer[], which: (answer: Answer) => boolean) =>
  [...new Set(answers.filter(which).map((answer) => answer.name))].toSorted();
