export type { Label } from "./list-labels.ts";
