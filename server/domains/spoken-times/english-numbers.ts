const units = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const teens = ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const small = new Map([...units, ...teens].map((word, value) => [word, value]));
const tens = new Map(
  ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].map((word, at) => [
    word,
    (at + 2) * 10,
  ]),
);
const ordinals = new Map(
  [
    ..."first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split(" "),
    ..."fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(" "),
  ].map((word, at) => [word, at + 1]),
);
ordinals.set("thirtieth", 30);

/** A number at a place of the words, and where the words go on behind it. */
type Found = { value: number; next: number; ordinal?: true } | null;

/** The words with numbers as figures: `half past two` is `half past 2`, `the third` is `the 3 th`. */
export function englishFigures(text: string): string {
  const words = text.split(" ");
  const figures: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = numberAt(words, at);
    if (found) {
      figures.push(`${found.value}${found.ordinal ? " th" : ""}`);
      at = found.next;
    } else figures.push(words[at++]!);
  }
  return figures.join(" ");
}

function numberAt(words: readonly string[], at: number): Found {
  let total = 0;
  let next = at;
  for (const [name, size] of [
    ["million", 1_000_000],
    ["thousand", 1_000],
  ] as const) {
    const many = hundreds(words, next);
    if (!many || words[many.next] !== name) continue;
    total += many.value * size;
    next = many.next + 1;
  }
  const rest = hundreds(words, words[next] === "and" && next > at ? next + 1 : next);
  if (next === at) return rest;
  return rest && rest.value > 0 ? { value: total + rest.value, next: rest.next } : { value: total, next };
}

function hundreds(words: readonly string[], at: number): Found {
  const many = words[at] === "a" ? 1 : small.get(words[at] ?? "");
  if (many === undefined || many < 1 || words[at + 1] !== "hundred") return belowHundred(words, at);
  const next = at + 2;
  const rest = belowHundred(words, words[next] === "and" ? next + 1 : next);
  return rest && rest.value > 0 ? { value: many * 100 + rest.value, next: rest.next } : { value: many * 100, next };
}

function belowHundred(words: readonly string[], at: number): Found {
  const word = words[at] ?? "";
  const ordinal = ordinals.get(word);
  if (ordinal !== undefined) return { value: ordinal, next: at + 1, ordinal: true };
  const ten = tens.get(word);
  if (ten === undefined) {
    const value = small.get(word);
    return value === undefined ? null : { value, next: at + 1 };
  }
  const last = ordinals.get(words[at + 1] ?? "");
  if (last !== undefined && last <= 9) return { value: ten + last, next: at + 2, ordinal: true };
  const unit = small.get(words[at + 1] ?? "");
  return unit !== undefined && unit >= 1 && unit <= 9
    ? { value: ten + unit, next: at + 2 }
    : { value: ten, next: at + 1 };
}
