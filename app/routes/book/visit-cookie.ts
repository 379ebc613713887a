/** What ties a held time to the browser that chose it. */
export function visitIn(request: Request): string | undefined {
  return /(?:^|;\s*)visit=([\w-]{16,64})(?:;|$)/.exec(request.headers.get("cookie") ?? "")?.[1];
}

/** For an hour: no hold lasts longer. */
export const visitCookie = (visit: string) => `visit=${visit}; Path=/book; Max-Age=3600; SameSite=Lax; HttpOnly`;
