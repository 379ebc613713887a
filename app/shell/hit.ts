/** Something the search found; `path` is below `/t/:tenant`. */
export interface Hit {
  kind: "customer" | "ticket" | "conversation";
  id: string;
  title: string;
  detail: string;
  path: string;
}
