/** Addresses that the tenant's pages do not know; shown inside the tenant's frame. */
export function loader(): never {
  throw new Response(null, { status: 404 });
}
export const action = loader;

/** Never shown: the loader always refuses, and the error boundary answers. */
export default function Missing() {
  return null;
}
