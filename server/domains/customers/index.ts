export { changeIdentities } from "./change-identities.ts";
export { findByPhone } from "./find-by-phone.ts";
export { findOrCreateCustomer } from "./find-or-create-customer.ts";
export { lockCustomer } from "./lock-customer.ts";
export { nameCustomers } from "./name-customers.ts";
export { recordConsents, type RecordedConsent, type ToldConsent } from "./record-consents.ts";
export { rankCustomers, readCustomers } from "./search-customers.ts";
export { resolveCustomers, type NamedPerson, type ResolvedCustomer } from "./resolve-customers.ts";
