import { signatureAt } from "./find-signature.ts";
import { attributionAt, isDivider, isForward, isHeaderBlock, isQuoted, isRule } from "./quotation-marks.ts";

/** A mail's text, parted: what the sender wrote now, what they quoted, and what stands under every mail of theirs. */
export interface FoldedText {
  text: string;
  quoted: string | null;
  signature: string | null;
}

const mostLines = 20_000;

/**
 * Parts the new words of a mail from those it quotes. Answers written between quoted lines stay as they
 * are, since folding would tear them from what they answer; what is forwarded is the message itself and
 * stays whole. Nothing is lost: what is folded is shown on demand.
 */
export function foldQuoted(source: string): FoldedText {
  const lines = source.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n");
  if (lines.length > mostLines) return { text: source.trim(), quoted: null, signature: null };
  const found = quotationIn(lines);
  const own = found ? [...lines.slice(0, found.from), ...lines.slice(found.to)] : lines;
  const signed = signatureAt(own);
  const text = joined(own.slice(0, signed));
  if (text === "") return { text: joined(lines), quoted: null, signature: null };
  return {
    text,
    quoted: found ? joined(lines.slice(found.from, found.to)) || null : null,
    signature: joined(own.slice(signed)) || null,
  };
}

/** The lines that are quoted as one block; null where nothing is, or where answers stand between. */
function quotationIn(lines: readonly string[]): { from: number; to: number } | null {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (isForward(line)) return null;
    if (isDivider(line) || isHeaderBlock(lines, at)) return { from: ruleAbove(lines, at), to: lines.length };
    const attribution = attributionAt(lines, at, (next) => isQuotedBelow(lines, next));
    if (attribution > 0) return blockFrom(lines, at, at + attribution);
    if (isQuoted(line)) return blockFrom(lines, at, at);
  }
  return null;
}

/** A block that begins at `from`, its first quoted line at or below `body`. */
function blockFrom(lines: readonly string[], from: number, body: number): { from: number; to: number } | null {
  // Programs that mark nothing quote down to the end.
  if (!isQuotedBelow(lines, body)) return { from, to: lines.length };
  const last = lines.findLastIndex(isQuoted);
  for (let at = body; at < last; at++) {
    const line = lines[at] ?? "";
    if (!isQuoted(line) && line.trim() !== "" && !isWrapped(lines, at)) return null;
  }
  return { from, to: last + 1 };
}

/** Whether the line is the tail of a quoted one that was wrapped on its way. */
function isWrapped(lines: readonly string[], at: number): boolean {
  const above = lines[at - 1] ?? "";
  return above.length > 60 && isQuoted(above) && isQuoted(lines[at + 1] ?? "");
}

function isQuotedBelow(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at, at + 4).find((line) => line.trim() !== "");
  return next !== undefined && isQuoted(next);
}

/** Outlook draws a line above the headers it quotes. */
function ruleAbove(lines: readonly string[], at: number): number {
  let from = at;
  for (let above = at - 1; above >= Math.max(0, at - 4); above--) {
    const line = lines[above] ?? "";
    if (isRule(line)) from = above;
    else if (line.trim() !== "") break;
  }
  return from;
}

function joined(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
