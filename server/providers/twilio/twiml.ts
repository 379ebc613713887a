/** One XML element of an answer. */
export interface Element {
  name: string;
  /** null is left out. */
  attributes: Readonly<Record<string, string | number | boolean | null>>;
  content: string | Element;
}

export function element(
  name: string,
  attributes: Element["attributes"] = {},
  content: Element["content"] = "",
): Element {
  return { name, attributes, content };
}

/** A whole TwiML answer. Nothing in it means: no reply to a message, and a call that ends. */
export function twimlOf(...elements: Element[]): string {
  const inner = elements.map(written).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>${inner === "" ? "<Response/>" : `<Response>${inner}</Response>`}`;
}

function written({ name, attributes, content }: Element): string {
  const named = Object.entries(attributes).filter(([, value]) => value !== null);
  const start = [name, ...named.map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(" ");
  const inner = typeof content === "string" ? escaped(content) : written(content);
  return inner === "" ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Characters that XML 1.0 cannot hold at all are taken out. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (character) => ("\t\n\r".includes(character) ? character : ""))
    .replace(/[&<>"']/g, (character) => references[character] ?? "");
}
