/** What a customer wrote, read as an answer to a survey. */
export interface ReadScore {
  /** 1 to 5. */
  score: number;
  /** Nothing else was said: it is an answer, and no message that anybody has to read. */
  alone: boolean;
  /** What followed the score. */
  comment: string | null;
}

const longestComment = 2000;
/** What comes later is part of no score. */
const longestRead = 3000;
const outOfFive = String.raw`(?:\s*\/\s*5|\s+(?:sur|out of)\s+(?:5|cinq|five))`;
/** `4`, `4.`, `4/5`, `4 sur 5`, `(4)`, a keycap. */
const alone = new RegExp(String.raw`^\(?([1-5])\uFE0F?\u20E3?${outOfFive}?\)?\s*[.!,;\u2026]*$`, "iu");
const stars = /^(?:\s*(?:⭐|🌟|★)\uFE0F?){1,5}$/u;
/** `4/5, merci`: whatever follows, that is a score. */
const outright = new RegExp(String.raw`^([1-5])${outOfFive}(?![\d/])[\s.,;:!\u2013\u2014-]*(.*)$`, "isu");
/** `4, merci`, `4 - merci`, or `4` on a line of its own: words follow, and no number. */
const apart = /^([1-5])(?:\s*[,;!]+\s*|\s+[–—-]\s+|[ \t]*\r?\n\s*)(\p{L}.*)$/su;

/**
 * Reads `1` to `5` alone, or in front of more words where it cannot be anything else: `5, thank you` is a score, `5 candles` and
 * `2 rue du Lac` are not. null where there is none.
 */
export function readScore(text: string): ReadScore | null {
  const said = text.trim().slice(0, longestRead).normalize("NFKC");
  const only = alone.exec(said);
  if (only) return { score: Number(only[1]), alone: true, comment: null };
  if (stars.test(said)) return { score: said.match(/⭐|🌟|★/gu)!.length, alone: true, comment: null };
  const first = outright.exec(said) ?? apart.exec(said);
  if (!first) return null;
  const comment = first[2]?.trim().slice(0, longestComment) || null;
  return { score: Number(first[1]), alone: comment === null, comment };
}
