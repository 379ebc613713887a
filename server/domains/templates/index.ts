export { listTemplates } from "./list-templates.ts";
export { noteTemplates } from "./note-templates.ts";
export { readTemplatesSoon } from "./read-soon.ts";
export { findDefinition } from "./find-template.ts";
export { countTemplateUse, takeTemplate, type TakenTemplate } from "./take-template.ts";
export type { TemplateSummary } from "./template-summary.ts";
