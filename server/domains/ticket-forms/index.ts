export { auditList, refuseName } from "./one-list.ts";
export {
  fieldKey,
  missingFields,
  readFieldValues,
  type ReadFieldValues,
  withFieldValues,
} from "./read-field-values.ts";
export { readTicketForm, type TicketCategory, type TicketField, type TicketForm } from "./read-ticket-form.ts";
export { requireCategory } from "./require-category.ts";
