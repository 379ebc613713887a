import { cursorOf, placeOf } from "#db/keyset.ts";
import type { SearchedKind } from "#db/schema/search.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import type { SearchInput } from "./schemas.ts";
import { searchInput } from "./schemas.ts";
import type { Term } from "./terms.ts";
import { termsOf, written } from "./terms.ts";

/** A text that was found, and the conversation or ticket that it stands in. */
interface FoundText {
  subjectId: string;
  id: string;
}

export interface FoundTexts {
  texts: FoundText[];
  /** What they were found by. */
  terms: Term[];
  /** Conversations or tickets that were looked at and match; a search looks at a few thousand texts at most. */
  found: number;
  next: string | null;
  /** Words that stand there in place of those asked for, which hardly anything holds. */
  instead: string[];
}

/** Fewer hits than this, and words that look alike are looked for too. */
const few = 3;
/** Words that are taken for a mistyped one. */
const mostSimilar = 3;

/**
 * One page of what holds every word asked for, best first. One statement, three where hardly anything does. A number
 * is never mistaken for another: with one among the words, few texts are as many as were meant.
 */
export async function findTexts(
  ctx: Ctx,
  tx: TenantTx,
  kind: SearchedKind,
  input: SearchInput,
  loosen: Loosen = loosenerIn(tx),
): Promise<FoundTexts> {
  const wanted = searchInput.parse(input);
  const after = wanted.cursor ? readCursor(wanted.cursor) : null;
  const exact = termsOf(wanted.query);
  const ask = async (terms: Term[]) => pageOf(await askDoor(ctx, tx, kind, terms, wanted, after), wanted.limit);
  if (exact.length === 0) return { texts: [], terms: [], found: 0, next: null, instead: [] };
  if (!after?.loose) {
    const page = await ask(exact);
    if (after || page.found >= few || (page.found > 0 && exact.some(isNumber))) return told(page, exact, []);
    const loose = await loosen(exact);
    if (loose.instead.length === 0) return told(page, exact, []);
    const more = await ask(loose.terms);
    return more.found > page.found ? told(more, loose.terms, loose.instead) : told(page, exact, []);
  }
  const { terms, instead } = await loosen(exact);
  return told(await ask(terms), terms, instead);
}

const isNumber = ({ spellings: [word = ""] }: Term) => /^\d+$/.test(word);

interface After {
  rank: number;
  id: string;
  loose: boolean;
}

function readCursor(cursor: string): After {
  const place = placeOf(cursor);
  const [, loose, rank] = /^(exact|loose) (\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(place?.value ?? "") ?? [];
  if (!place || !rank) throw invalid({ cursor: "invalid" });
  return { rank: Number(rank), id: place.id, loose: loose === "loose" };
}

interface DoorRow extends FoundText {
  rank: number;
  found: string;
}

async function askDoor(
  ctx: Ctx,
  tx: TenantTx,
  kind: SearchedKind,
  terms: readonly Term[],
  { channel, sinceDays, by, limit }: ReturnType<typeof searchInput.parse>,
  after: After | null,
): Promise<DoorRow[]> {
  const me = memberId(ctx);
  const since = sinceDays ? new Date(ctx.clock.now().getTime() - sinceDays * 86_400_000) : null;
  return tx.raw.unsafe<DoorRow[]>(
    `select subject_id as "subjectId", id, rank, found
       from door.search_texts($1, $2::text[], $3, $4::timestamptz, $5::uuid, $6::uuid, $7::double precision, $8::uuid, $9)`,
    [
      kind,
      terms.map(written),
      channel ?? null,
      since,
      by === "written" ? me : null,
      by === "assigned" ? me : null,
      after?.rank ?? null,
      after?.id ?? null,
      limit + 1,
    ] as never[],
    { prepare: true },
  );
}

interface Page {
  rows: DoorRow[];
  found: number;
  more: boolean;
}

function pageOf(rows: DoorRow[], limit: number): Page {
  return { rows: rows.slice(0, limit), found: Number(rows[0]?.found ?? 0), more: rows.length > limit };
}

function told({ rows, found, more }: Page, terms: Term[], instead: string[]): FoundTexts {
  const last = rows.at(-1);
  const next = more && last ? cursorOf(`${instead.length > 0 ? "loose" : "exact"} ${last.rank}`, last.id) : null;
  return { texts: rows.map(({ subjectId, id }) => ({ subjectId, id })), terms, found, next, instead };
}

/** The terms with what people may have meant, and the words put in place of theirs. */
export type Loosen = (terms: readonly Term[]) => Promise<{ terms: Term[]; instead: string[] }>;

/** Asks once, however many kinds of text are looked through for one question. */
export function loosenerIn(tx: TenantTx): Loosen {
  let loosened: ReturnType<Loosen> | undefined;
  return (terms) => (loosened ??= loosen(tx, terms));
}

/** Of the words that look like one, those that look nearly as much like it as the best. */
async function loosen(tx: TenantTx, terms: readonly Term[]): ReturnType<Loosen> {
  const words = terms.filter((term) => !isNumber(term));
  if (words.length === 0) return { terms: [...terms], instead: [] };
  const near = await tx.raw.unsafe<{ word: string; similar: string; likeness: number }[]>(
    "select word, similar_word as similar, likeness from door.similar_words($1::text[], $2)",
    [words.map(({ spellings: [word] }) => word), mostSimilar] as never[],
    { prepare: true },
  );
  const instead: string[] = [];
  const loose = terms.map(({ spellings: [word = ""], begins }) => {
    const similar = near.filter((one) => one.word === word && one.similar !== word);
    const best = Math.max(0, ...similar.map((one) => one.likeness));
    const meant = similar.filter((one) => one.likeness >= best * 0.8).map((one) => one.similar);
    instead.push(...meant);
    return { spellings: [word, ...meant], begins };
  });
  return { terms: loose, instead };
}
