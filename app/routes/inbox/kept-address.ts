/** What an address asks for, to be kept while one is led elsewhere: without what the framework adds when it fetches alone. */
export function keptParams(request: Request): URLSearchParams {
  const { searchParams } = new URL(request.url);
  searchParams.delete("_routes");
  return searchParams;
}
