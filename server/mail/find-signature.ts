/** What a mail program or a mailing list adds below a text. */
const appended =
  /^(?:Sent (?:from|with|via) (?:my |the )?[\p{L}\p{N} .+'’-]{2,40}(?:\([^()]{0,120}\))?|Get Outlook for .{2,60}|Envoyé (?:de|depuis|avec|à partir de|via) (?:mon |ma |l['’])?[\p{L}\p{N} .+'’-]{2,40}|(?:Obtenez|Télécharger|Obtenir) (?:Outlook|BlueMail).{0,60}|Von meinem .{2,40} gesendet|Enviado desde (?:mi )?.{2,40}|Inviato da .{2,40}|Отправлено с .{2,40})$/iu;

const mostLines = 40;

/** Where the signature of a text begins, as a line number; the text's length where it has none. */
export function signatureAt(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  if (last < 0) return lines.length;
  const from = Math.max(0, last - mostLines);
  for (let at = from; at <= last; at++) {
    const line = lines[at] ?? "";
    if (/^-- ?\u00a0?$/.test(line) || /^_{20,}$/.test(line)) return above(lines, at);
  }
  let at = last + 1;
  for (let looking = last; looking > Math.max(0, last - 4); looking--) {
    const line = (lines[looking] ?? "").trim();
    if (line !== "" && line.length < 160 && appended.test(line)) at = looking;
  }
  return at > last ? lines.length : above(lines, at);
}

/** Blank lines above a signature go with it. A text that is nothing but a signature has none. */
function above(lines: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && (lines[start - 1] ?? "").trim() === "") start -= 1;
  return start === 0 ? lines.length : start;
}
