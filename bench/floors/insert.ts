import { createServer } from "node:http";
import postgres from "postgres";

/**
 * The floor of P5: a post is read and written to one plain table, whatever waits going together in the
 * next statement, and answered after the commit. No signature, no routing, no tenancy.
 */
const sql = postgres(process.env.FLOOR_URL!, { max: 2, onnotice: () => undefined });
await sql`create table if not exists floor_posts (id bigint generated always as identity primary key, at timestamptz not null default now(), body text not null)`;
interface Waiting {
  body: string;
  done: () => void;
}
let queue: Waiting[] = [];
let flushing = 0;

async function flush(): Promise<void> {
  if (flushing >= 2 || queue.length === 0) return;
  flushing++;
  const batch = queue;
  queue = [];
  await sql`insert into floor_posts (body) select unnest(${batch.map((post) => post.body)}::text[])`;
  for (const post of batch) post.done();
  flushing--;
  void flush();
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    queue.push({ body: Buffer.concat(pieces).toString(), done: () => response.end("ok") });
    void flush();
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on("SIGTERM", () => void sql`drop table floor_posts`.then(() => process.exit(0)));
