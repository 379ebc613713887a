import { convert } from "html-to-text";

const readable: Parameters<typeof convert>[1] = {
  wordwrap: false,
  limits: { maxInputLength: 400_000, maxDepth: 60, maxChildNodes: 4_000 },
  selectors: [
    { selector: "a", options: { hideLinkHrefIfSameAsText: true, ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "hr", options: { length: 5 } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "table", format: "block" },
    { selector: "blockquote", options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: false } },
  ],
};

/** The deepest nesting of tags that is read: HTML that goes deeper was not written by a mail program. */
const deepest = 400;

/** What a person would read of HTML, quotations marked with `>`. Empty where nothing is readable. */
export function textOfHtml(html: string): string {
  if (nestingOf(html) > deepest) return withoutTags(html);
  try {
    return convert(html, readable)
      .replaceAll("\u00a0", " ")
      .replaceAll(/\n{4,}/g, "\n\n\n")
      .trim();
  } catch {
    return withoutTags(html);
  }
}

const openOrClose = /<(\/?)[a-z][^<>]{0,2000}>/gi;
const single = /^<(?:area|base|br|col|embed|hr|img|input|link|meta|p|li|td|tr|source|track|wbr)\b|\/>$/i;

function nestingOf(html: string): number {
  let depth = 0;
  let seen = 0;
  for (const [tag, slash] of html.matchAll(openOrClose)) {
    if (slash) depth = Math.max(0, depth - 1);
    else if (!single.test(tag)) seen = Math.max(seen, ++depth);
  }
  return seen;
}

function withoutTags(html: string): string {
  return html
    .slice(0, 200_000)
    .replaceAll(/<(style|script)\b[^>]{0,2000}>[^]{0,200000}?<\/\1\s*>/gi, " ")
    .replaceAll(/<[^<>]{0,2000}>/g, " ")
    .replaceAll(/[ \t]+/g, " ")
    .trim();
}
