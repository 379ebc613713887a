export { type Label, listLabels } from "./list-labels.ts";
