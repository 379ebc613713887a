import type { Detail, ThreadMessage } from "./data.ts";

export type File = ThreadMessage["attachments"][number];
export type FileRules = NonNullable<Detail["reply"]["files"]>;

/** A file that the viewer can show large. */
export function isViewable(file: File): boolean {
  return file.status === "stored" && (file.shownAs === "image" || file.shownAs === "video");
}

/** What the viewer goes through: pictures and films of a thread, in its order. */
export function viewableFiles(messages: readonly ThreadMessage[]): File[] {
  return messages.flatMap((message) => message.attachments.filter((file) => isViewable(file) && !file.inline));
}

/** Why the channel does not take a file; null when it may. The server looks again, at its bytes. */
export function uploadProblem(rules: FileRules, file: { type: string; size: number }): string | null {
  if (file.size === 0) return "file_empty";
  if (rules.types && file.type && !rules.types.includes(file.type)) return "file_type_not_carried";
  const most = (file.type.startsWith("image/") && rules.mostImageBytes) || rules.mostBytes;
  return file.size > most ? "file_too_large_here" : null;
}

/**
 * The messages that carry a text and files over a channel: as few as it allows, the text with the first
 * files, or before them where the channel has no captions.
 */
export function messagesFor<Upload>(
  text: string,
  files: readonly Upload[],
  rules: Pick<FileRules, "perMessage" | "captions">,
): { text: string; files: Upload[] }[] {
  const groups: Upload[][] = [];
  for (let at = 0; at < files.length; at += rules.perMessage) groups.push(files.slice(at, at + rules.perMessage));
  const isApart = text !== "" && !rules.captions;
  const carried = groups.map((group, at) => ({ text: at === 0 && !isApart ? text : "", files: group }));
  return isApart || groups.length === 0 ? [{ text, files: [] }, ...carried] : carried;
}
