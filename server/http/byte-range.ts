/**
 * The one range that a request asks for (`bytes=0-99`, `bytes=100-`, `bytes=-50`), cut to the file.
 * `whole`: none, several, or a form that we need not understand. `beyond`: it begins after the end.
 */
export function byteRange(header: string | undefined, size: number): { from: number; to: number } | "whole" | "beyond" {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (!asked) return "whole";
  const [, first = "", last = ""] = asked;
  if (first === "" && last === "") return "whole";
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "beyond" : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < from) return "whole";
  return from >= size ? "beyond" : { from, to };
}
