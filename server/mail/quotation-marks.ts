/** How mail programs begin what they quote, line by line. Languages are those our customers' programs speak. */

const longestLine = 400;

const wrote =
  /(?:\bwrote|a écrit|écrivait|schrieb|escribió|ha scritto|schreef|escreveu|skrev|написал(?:\(а\)|а)?|пишет)\s*:?\s*>?$|\b(?:schrieb|schreef|skrev)\b.{1,120}:$/iu;
const opens =
  /^(?:On|Le|Am|El|Il|Op|Em|Den|Em|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|lun|mar|mer|jeu|ven|sam|dim)\.?,?)\s/iu;
const dated = /\d{1,2}[:h]\d{2}|\d{4}|\d{1,2}[./]\d{1,2}/;
const addressed = /<[^<>\s]{1,200}@[^<>\s]{1,200}>|\[mailto:[^\]\s]{1,200}\]|"[^"]{1,100}"/;

/** "On Tuesday, … wrote:", on one line, or begun on it and wrapped over the next ones. Answers how many lines it takes; 0 is none. */
export function attributionAt(lines: readonly string[], at: number, quoteFollows: (line: number) => boolean): number {
  const first = unmarked(lines[at] ?? "");
  if (
    first === "" ||
    first.length > longestLine ||
    !(opens.test(first) || (dated.test(first) && addressed.test(first)))
  )
    return 0;
  let joined = "";
  for (let count = 1; count <= 4 && at + count <= lines.length; count++) {
    const line = unmarked(lines[at + count - 1] ?? "");
    if (line === "" || line.length > longestLine) return 0;
    joined = joined === "" ? line : `${joined} ${line}`;
    if (!dated.test(joined)) continue;
    if (opens.test(joined) && wrote.test(joined)) return count;
    if (joined.endsWith(":") && addressed.test(joined) && quoteFollows(at + count)) return count;
  }
  return 0;
}

const divider =
  /^[-_*\s]{2,}(?:original message|message d['’]origine|message original|message d['’]origine|ursprüngliche nachricht|mensaje original|messaggio originale|oorspronkelijk bericht|исходное сообщение)[-_*\s:]*$/iu;

/** "-----Original Message-----" */
export function isDivider(line: string): boolean {
  return line.length < 120 && divider.test(line.trim());
}

const forward =
  /^[-_*\s>]*(?:(?:begin )?forwarded message|(?:début du )?message (?:transféré|réexpédié)|weitergeleitete nachricht|mensaje reenviado|messaggio inoltrato)[-_*\s:]*$/iu;

/** "---------- Forwarded message ----------" */
export function isForward(line: string): boolean {
  return line.length < 120 && forward.test(line);
}

const label =
  /^[*\s]*(from|de|von|da|van|от|expéditeur|sent|date|envoyé(?:\s+le)?|gesendet|enviado|inviato|verzonden|отправлено|дата|to|à|a|an|para|aan|кому|destinataire|cc|copie(?:\s+à)?|subject|objet|betreff|asunto|oggetto|onderwerp|тема)\s*[*\s]*:/iu;
const senders = /^(?:from|de|von|da|van|от|expéditeur)$/iu;

/** The headers of a quoted mail, as Outlook and its kin write them above it: at least three, a sender among them. */
export function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!labelOf(lines[at] ?? "")) return false;
  const found = new Set<string>();
  let blank = 0;
  for (const line of lines.slice(at, at + 12)) {
    const text = unmarked(line);
    if (text === "" && ++blank > 2) break;
    const name = labelOf(line);
    if (name) found.add(name);
    else if (text !== "" && found.size >= 3) break;
  }
  return found.size >= 3 && [...found].some((name) => senders.test(name));
}

function labelOf(line: string): string | null {
  const text = unmarked(line);
  return text.length > 2_000 ? null : (label.exec(text.slice(0, 60))?.[1]?.toLowerCase() ?? null);
}

/** A line that a mail program marked as quoted. */
export function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

/** A line of dashes, as stands above a quoted mail. */
export function isRule(line: string): boolean {
  return /^\s*(?:[-_*=]\s?){3,}\s*$/.test(line.slice(0, 200));
}

function unmarked(line: string): string {
  return line.replace(/^[\s>]{1,20}/, "").trimEnd();
}
