/** A word to look for: any of its spellings, each plain, or what begins with the last that is still being typed. */
export interface Term {
  spellings: string[];
  /** The first spelling may be the beginning of a word. */
  begins: boolean;
}

const mostTerms = 8;
const letters = /[\p{L}\p{N}\p{M}]+/gu;

/** What is typed, as words to look for. A number is meant whole. */
export function termsOf(query: string): Term[] {
  const words = [...query.matchAll(letters)].map(([word]) => plain(word)).slice(0, mostTerms);
  return words.map((word, at) => ({ spellings: [word], begins: at === words.length - 1 && !/^\d+$/.test(word) }));
}

/** As `door.search_texts` reads it: `livr*`, `livrasion|livraison`. */
export function written({ spellings: [first, ...others], begins }: Term): string {
  return [begins ? `${first}*` : first, ...others].join("|");
}

/** Part of a text; `hit`: it is what was looked for. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** Characters that are shown of a text, and how many of them stand before the first hit. */
const shown = 180;
const before = 40;

/** The part of a text in which the terms stand first, with each of them marked. */
export function markTerms(text: string, terms: readonly Term[]): Segment[] {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const hits = [...line.matchAll(letters)].filter(([word]) => terms.some((term) => isMeant(plain(word), term)));
  const start = startOf(line, hits[0]?.index ?? 0);
  const end = Math.min(line.length, start + shown);
  const segments: Segment[] = [];
  const add = (from: number, to: number, hit: boolean) => {
    if (to > from) segments.push({ text: line.slice(from, to), hit });
  };
  let at = start;
  for (const { 0: word, index } of hits) {
    if (index + word.length > end) break;
    add(at, index, false);
    add(index, index + word.length, true);
    at = index + word.length;
  }
  add(at, end, false);
  if (start > 0) segments.unshift({ text: "… ", hit: false });
  if (end < line.length) segments.push({ text: " …", hit: false });
  return segments;
}

/** A little before the first hit, at the beginning of a word. */
function startOf(line: string, first: number): number {
  if (first <= before) return 0;
  const space = line.indexOf(" ", first - before);
  return space < 0 || space >= first ? first : space + 1;
}

function isMeant(word: string, { spellings, begins }: Term): boolean {
  return spellings.includes(word) || (begins && word.startsWith(spellings[0] ?? ""));
}

const apart: Record<string, string> = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d" };

/** Lower-case and unaccented, as the database keeps words. */
function plain(word: string): string {
  return word
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[œæßøłđ]/g, (letter) => apart[letter] ?? letter);
}
