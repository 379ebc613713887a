export { type Qualified, qualifyProspect } from "./qualify-prospect.ts";
