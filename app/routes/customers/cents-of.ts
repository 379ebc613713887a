/** "1 249,90", "1,249.90" or "89" as whole cents; null when it is no amount. */
export function centsOf(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f€$£]/g, "");
  const decimals = /[.,](\d{1,2})$/.exec(bare);
  const whole = (decimals ? bare.slice(0, decimals.index) : bare).replace(/[.,](?=\d{3}(?:[.,]|$))/g, "");
  if (!/^\d{1,8}$/.test(whole)) return null;
  return Number(whole) * 100 + Number((decimals?.[1] ?? "").padEnd(2, "0") || 0);
}
