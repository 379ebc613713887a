import { readFileSync, writeFileSync } from "node:fs";

const page = "docs/performance.md";

/** Renews one section of docs/performance.md, or appends it; the rest of the page stays as it is. */
export function writeSection(title: string, text: string): void {
  const sections = readFileSync(page, "utf8").split(/^(?=## )/m);
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  const section = `## ${title}\n\n${text}`;
  if (at === -1) sections.push(`\n${section}`);
  else sections[at] = at === sections.length - 1 ? section : `${section}\n`;
  writeFileSync(page, sections.join(""));
}

/** Renews what stands before the first section. */
export function writeOpening(text: string): void {
  const [, ...sections] = readFileSync(page, "utf8").split(/^(?=## )/m);
  writeFileSync(page, [text, ...sections].join(sections.length > 0 ? "\n" : ""));
}
