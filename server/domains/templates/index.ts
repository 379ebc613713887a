export { listTemplates } from "./list-templates.ts";
export { noteTemplates } from "./note-templates.ts";
export { takeTemplate, type TakenTemplate } from "./take-template.ts";
export type { TemplateSummary } from "./template-summary.ts";
