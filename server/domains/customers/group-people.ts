import { phoneVariants } from "#server/core/phones.ts";
import type { IdentityKind, PersonRef } from "#server/providers/contract.ts";

export interface Identity {
  kind: IdentityKind;
  /** Canonical, as stored. */
  value: string;
  raw: string | null;
}

/** One human being as a batch of events names them: all who share an identity are one. */
export interface Person {
  /** The callers' keys. */
  keys: string[];
  /** By strength: what names one person best comes first. */
  identities: Identity[];
  name: string | null;
}

const strength: readonly IdentityKind[] = [
  "whatsapp_user_id",
  "whatsapp_id",
  "instagram_id",
  "phone",
  "email",
  "handle",
];

/**
 * Joins the people of a batch who share an identity, phones compared in every spelling of the same
 * line: a phone, a WhatsApp id and a business-scoped id that arrive together are one person.
 */
export function groupPeople(named: readonly { key: string; person: PersonRef }[]): Person[] {
  const groups = new Map<string, Person>();
  const moved = new Map<Person, Person>();
  const current = (person: Person): Person => {
    const next = moved.get(person);
    return next ? current(next) : person;
  };
  for (const { key, person } of named) {
    const identities = identitiesOf(person);
    const own: Person = { keys: [key], identities, name: person.name };
    for (const identity of identities) {
      const sameness = samenessOf(identity);
      const known = groups.get(sameness);
      if (known) join(current(known), current(own));
      else groups.set(sameness, own);
    }
    if (identities.length === 0) groups.set(`nobody ${key}`, own);
  }
  return [...new Set([...groups.values()].map(current))];

  function join(into: Person, from: Person): void {
    if (into === from) return;
    into.keys.push(...from.keys);
    into.name ??= from.name;
    for (const identity of from.identities) {
      if (!into.identities.some((one) => samenessOf(one) === samenessOf(identity))) into.identities.push(identity);
    }
    into.identities.sort((a, b) => strength.indexOf(a.kind) - strength.indexOf(b.kind));
    moved.set(from, into);
  }
}

/** What two spellings of one identity have in common: also what concurrent creations of it wait on. */
export function samenessOf(identity: { kind: string; value: string }): string {
  const [first] = identity.kind === "phone" ? phoneVariants(identity.value).toSorted() : [identity.value];
  return `${identity.kind}:${first}`;
}

function identitiesOf(person: PersonRef): Identity[] {
  return person.identities
    .map(({ kind, value, raw }) => ({ kind, value: canonical(kind, value), raw: raw ?? null }))
    .filter(
      (identity, at, all) =>
        identity.value !== "" && all.findIndex((one) => samenessOf(one) === samenessOf(identity)) === at,
    )
    .toSorted((a, b) => strength.indexOf(a.kind) - strength.indexOf(b.kind));
}

function canonical(kind: IdentityKind, value: string): string {
  return kind === "email" || kind === "handle" ? value.trim().toLowerCase() : value.trim();
}
