const here = "http://guichet.invalid";

/** Where to go after signing in: a path of this site, never another one that a link put there. */
export function safeNext(url: string): string {
  return ownPath(new URL(url).searchParams.get("next") ?? "/");
}

/** A path of this site, or `/` for anything that leads elsewhere. */
export function ownPath(next: string): string {
  // Read as a browser will: two slashes, a backslash or a tab between them, `/.//` all lead elsewhere.
  const { origin, pathname, search, hash } = URL.canParse(next, here) ? new URL(next, here) : new URL(here);
  return origin === here && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
