import type { FileRules } from "#server/core/file-rules.ts";
import { fileRulesOf } from "#server/core/file-rules.ts";

/** How a conversation's channel carries files; null: not at all. */
export function filesOn(to: { provider: string; channelType: string }): FileRules | null {
  return fileRulesOf(to.provider, to.channelType);
}

/** What stands for a message of files without words, in lists and quotes. */
const sign = "📎";

/**
 * The columns of a message with `count` files. Lists need words, and the customer shall not be sent our
 * sign for them: `uncaptioned` tells the two apart.
 */
export function fileColumns(text: string, count: number, channelType: string) {
  const kind = channelType === "email" ? ("text" as const) : ("media" as const);
  if (text !== "") return { kind, text, data: { files: count } };
  return { kind, text: count > 1 ? `${sign} × ${count}` : sign, data: { files: count, uncaptioned: true } };
}

/** What the customer is sent: our sign stands for no words of anybody. */
export function wordsOf(message: { text: string; data: Record<string, unknown> | null }): string {
  return message.data?.["uncaptioned"] === true ? "" : message.text;
}

export function hasFiles(data: Record<string, unknown> | null): boolean {
  return typeof data?.["files"] === "number";
}
