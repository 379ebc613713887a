const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose prospects the board shows: a member's, with null nobody's, without everybody's. */
export function ownerIn(params: URLSearchParams): string | null | undefined {
  const owner = params.get("owner") ?? "";
  if (owner === "none") return null;
  return id.test(owner) ? owner : undefined;
}
