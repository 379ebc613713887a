/** One verb of a TwiML answer, as far as our stand-in obeys it. */
export interface ReadVerb {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** What is inside, elements taken out. */
  text: string;
}

const verb = /<(Message|Say|Dial|Record|Hangup)((?:\s+[\w-]+="[^"]*")*)\s*(?:\/>|>([^]*?)<\/\1>)/g;
const attribute = /([\w-]+)="([^"]*)"/g;

/** The verbs of an answer, in order. */
export function readTwiml(answer: string): ReadVerb[] {
  return [...answer.matchAll(verb)].map(([, name = "", attributes = "", inner = ""]) => ({
    name,
    attributes: Object.fromEntries(
      [...attributes.matchAll(attribute)].map(([, key = "", value = ""]) => [key, unescaped(value)]),
    ),
    text: unescaped(inner.replace(/<[^>]*>/g, "")),
  }));
}

const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name] ?? "");
}
