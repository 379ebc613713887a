/** A time that is kept, or was, for somebody who writes who they are. */
export interface KeptTime {
  startsAt: Date;
  userId: string;
  holdId: string;
  heldUntil: Date;
}

type Place = { tenant: string; service: string };

export function detailsAddress({ tenant, service }: Place, { startsAt, userId, holdId, heldUntil }: KeptTime): string {
  const [at, until] = [startsAt.toISOString(), heldUntil.toISOString()];
  return `/book/${tenant}/${service}/details?${new URLSearchParams({ at, with: userId, hold: holdId, until })}`;
}

/** The time that an address, or a form, says; null where it says none. */
export function keptTimeIn(values: { get(name: string): unknown }): KeptTime | null {
  const word = (name: string) => String(values.get(name) ?? "");
  const [startsAt, heldUntil] = [new Date(word("at")), new Date(word("until"))];
  const [userId, holdId] = [word("with"), word("hold")];
  const known = [startsAt, heldUntil].every((at) => !Number.isNaN(at.getTime())) && userId !== "" && holdId !== "";
  return known ? { startsAt, userId, holdId, heldUntil } : null;
}
