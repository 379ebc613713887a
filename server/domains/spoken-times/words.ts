export type Language = "fr" | "en";

/** More than this nobody says when asked for a time, a number or an amount. */
const longest = 300;

/**
 * What was said as plain words with single spaces: no accents, capitals or punctuation, except `:` and `/` between figures.
 * Figures stand apart from letters: `14h30` is `14 h 30`, `3rd` is `3 rd`.
 */
export function plainWords(said: string): string {
  return said
    .slice(0, longest)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/(\d)\.(?=\d{2}(?!\d))/g, "$1:")
    .replace(/[^a-z0-9:/]+/g, " ")
    .replace(/(?<!\d)[:/]+|[:/]+(?!\d)/g, " ")
    .replace(/(\d)([a-z])/g, "$1 $2")
    .replace(/([a-z])(\d)/g, "$1 $2")
    .replace(/ +/g, " ")
    .replace(/\b([ap]) m\b/g, "$1m")
    .trim();
}

/** Words of which parts are taken as they are understood: what is left over was not. */
export class Phrase {
  left: string;

  constructor(words: string) {
    this.left = words;
  }

  /** The first match of a pattern, which is then gone; what stood around it does not grow together. */
  take(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.left);
    if (found) {
      const after = found.index + found[0].length;
      this.left = `${this.left.slice(0, found.index)} ; ${this.left.slice(after)}`;
    }
    return found;
  }
}
