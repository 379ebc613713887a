import type { Service } from "./data.ts";

/** The service of an address; a page that does not exist where it is none of these. */
export function serviceIn(services: readonly Service[], id: string): Service {
  const service = services.find((one) => one.id === id);
  if (!service) throw new Response(null, { status: 404 });
  return service;
}
