export { changeIdentities } from "./change-identities.ts";
export { nameCustomers } from "./name-customers.ts";
export { recordConsents, type RecordedConsent, type ToldConsent } from "./record-consents.ts";
export { resolveCustomers, type NamedPerson, type ResolvedCustomer } from "./resolve-customers.ts";
