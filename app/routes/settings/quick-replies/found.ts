import type { QuickReply } from "../../inbox/data.ts";

type Searched = Pick<QuickReply, "shortcut" | "template" | "category">;

/** Those that hold every word asked for, in their shortcut, their text or their category; by category. */
export function found<T extends Searched>(all: readonly T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter(({ shortcut, template, category }) => {
      const text = `/${shortcut} ${template} ${category}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => a.category.localeCompare(b.category) || a.shortcut.localeCompare(b.shortcut));
}

/** Categories in use, for a field that proposes them. */
export function categoriesOf(all: readonly Searched[]): string[] {
  return [...new Set(all.map(({ category }) => category))].filter((name) => name !== "general").toSorted();
}
