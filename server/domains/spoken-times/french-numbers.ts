const units = ["zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"];
const teens = ["onze", "douze", "treize", "quatorze", "quinze", "seize"];
const small = new Map([...units, ...teens].map((word, value) => [word, value]));
small.set("une", 1).set("premier", 1).set("premiere", 1);
const tens = new Map([
  ["vingt", 20],
  ["trente", 30],
  ["quarante", 40],
  ["cinquante", 50],
  ["soixante", 60],
  ["septante", 70],
  ["huitante", 80],
  ["octante", 80],
  ["nonante", 90],
]);

/** A number at a place of the words, and where the words go on behind it. */
type Found = { value: number; next: number } | null;

/** The words with numbers as figures: `quatorze heures trente` is `14 heures 30`. A lone `un` stays, unless `all` is asked for. */
export function frenchFigures(text: string, { all = false } = {}): string {
  const words = text.split(" ");
  const figures: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = numberAt(words, at);
    const article = found?.next === at + 1 && /^une?$/.test(words[at]!);
    if (found && (all || !article)) {
      figures.push(String(found.value));
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
    ["mille", 1_000],
  ] as const) {
    const many = hundreds(words, next);
    const word = words[many?.next ?? next]?.replace(/s$/, "");
    // « mille » says one thousand by itself.
    if (word !== name || (!many && name === "million")) continue;
    total += (many?.value ?? 1) * size;
    next = (many?.next ?? next) + 1;
  }
  const rest = hundreds(words, next);
  if (next === at) return rest;
  return rest && rest.value > 0 ? { value: total + rest.value, next: rest.next } : { value: total, next };
}

function hundreds(words: readonly string[], at: number): Found {
  const many = small.get(words[at] ?? "");
  const isMany = many !== undefined && many >= 2 && many <= 9 && /^cents?$/.test(words[at + 1] ?? "");
  if (!isMany && words[at] !== "cent") return belowHundred(words, at);
  const value = isMany ? many * 100 : 100;
  const next = at + (isMany ? 2 : 1);
  const rest = belowHundred(words, next);
  return rest && rest.value > 0 ? { value: value + rest.value, next: rest.next } : { value, next };
}

function belowHundred(words: readonly string[], at: number): Found {
  const word = words[at] ?? "";
  if (word === "quatre" && /^vingts?$/.test(words[at + 1] ?? "")) return withRest(words, at + 2, 80, 19);
  const ten = tens.get(word);
  if (ten !== undefined) return withRest(words, at + 1, ten, ten === 60 ? 19 : 9);
  return belowTwenty(words, at);
}

/** « vingt et un », « soixante et onze », « quatre-vingt-dix-sept ». */
function withRest(words: readonly string[], at: number, value: number, most: number): Found {
  const joined = words[at] === "et" && /^(?:une?|onze)$/.test(words[at + 1] ?? "");
  const rest = belowTwenty(words, joined ? at + 1 : at);
  const fits = rest && rest.value > 0 && rest.value <= most;
  return fits ? { value: value + rest.value, next: rest.next } : { value, next: at };
}

function belowTwenty(words: readonly string[], at: number): Found {
  const word = words[at] ?? "";
  const unit = small.get(words[at + 1] ?? "");
  if (word === "dix" && unit !== undefined && unit >= 7 && unit <= 9) return { value: 10 + unit, next: at + 2 };
  const value = small.get(word);
  return value === undefined ? null : { value, next: at + 1 };
}

const spokenUnits = ["zéro", ...units.slice(1), ...teens, "dix-sept", "dix-huit", "dix-neuf"];
const spokenTens = ["", "", "vingt", "trente", "quarante", "cinquante"];

/** 0 to 59 in words, as hours and minutes are said: « vingt et une », « trente-quatre ». */
export function frenchCount(value: number): string {
  const feminine = (word: string) => word.replace(/^un$/, "une");
  if (value < 20) return feminine(spokenUnits[value]!);
  const ten = spokenTens[Math.floor(value / 10)]!;
  const unit = value % 10;
  if (unit === 0) return ten;
  return unit === 1 ? `${ten} et une` : `${ten}-${spokenUnits[unit]!}`;
}
