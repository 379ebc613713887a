const longest = 40;

/** The `@` before the caret and what is written of a name after it; null where nobody is being called. */
export function callingAt(text: string, caret: number): { from: number; name: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N} .'’-]*)$/u.exec(text.slice(Math.max(0, caret - longest), caret));
  if (!found) return null;
  const name = found[1] ?? "";
  return { from: caret - name.length - 1, name };
}

/** Those of whose names a word begins like what was written, whatever its accents; best first. */
export function peopleCalled<T extends { name: string }>(people: readonly T[], written: string): T[] {
  const wanted = plain(written);
  const rank = ({ name }: T) => {
    const own = plain(name);
    return own.startsWith(wanted) ? 0 : own.split(" ").some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .filter((one) => rank(one) < 2 && plain(one.name) !== wanted.trimEnd())
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, 6);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
