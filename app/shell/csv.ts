/** A value in a line of CSV (RFC 4180). What would be run as a formula by a spreadsheet is given to it as text; a phone number is none. */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=@\t\r-]|^\+(?!\d+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
