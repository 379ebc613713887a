/** The same page of the list, with what is opened on it: an offer (`offer`, and its first `day`), or nothing. */
export function waitlistAddress(after: string | undefined, opened: { offer?: string; day?: string } = {}): string {
  return `?${new URLSearchParams({ ...(after ? { after } : {}), ...opened })}`;
}
