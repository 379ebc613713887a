import { memberProcedure, router } from "#server/trpc/init.ts";
import { createCustomer } from "./create-customer.ts";
import { addCustomerNote, deleteCustomerNote, editCustomerNote } from "./customer-notes.ts";
import { addCustomerTag, listTags, removeCustomerTag } from "./customer-tags.ts";
import { getCustomer } from "./get-customer.ts";
import { addIdentity, holderOf, makeIdentityPrimary, removeIdentity } from "./identities.ts";
import { listActivities } from "./list-activities.ts";
import { countCustomers, listCustomers } from "./list-customers.ts";
import { logInteraction } from "./log-interaction.ts";
import {
  addIdentityInput,
  addNoteInput,
  countCustomersInput,
  createCustomerInput,
  customerInput,
  editNoteInput,
  holderInput,
  identityInput,
  listActivitiesInput,
  listCustomersInput,
  logInteractionInput,
  noteInput,
  setPreferencesInput,
  tagInput,
  updateCustomerInput,
} from "./schemas.ts";
import { setPreferences } from "./set-preferences.ts";
import { updateCustomer } from "./update-customer.ts";

const read = memberProcedure("customers.read");
const write = memberProcedure("customers.write");

export const customersRouter = router({
  list: read.input(listCustomersInput).query(({ ctx, input }) => listCustomers(ctx.verb, input)),
  counts: read.input(countCustomersInput).query(({ ctx, input }) => countCustomers(ctx.verb, input)),
  get: read.input(customerInput).query(({ ctx, input }) => getCustomer(ctx.verb, input)),
  create: write.input(createCustomerInput).mutation(({ ctx, input }) => createCustomer(ctx.verb, input)),
  update: write.input(updateCustomerInput).mutation(({ ctx, input }) => updateCustomer(ctx.verb, input)),
  holder: read.input(holderInput).query(({ ctx, input }) => holderOf(ctx.verb, input)),
  activities: router({
    list: read.input(listActivitiesInput).query(({ ctx, input }) => listActivities(ctx.verb, input)),
    create: write.input(logInteractionInput).mutation(({ ctx, input }) => logInteraction(ctx.verb, input)),
  }),
  identities: router({
    create: write.input(addIdentityInput).mutation(({ ctx, input }) => addIdentity(ctx.verb, input)),
    makePrimary: write.input(identityInput).mutation(({ ctx, input }) => makeIdentityPrimary(ctx.verb, input)),
    delete: write.input(identityInput).mutation(({ ctx, input }) => removeIdentity(ctx.verb, input)),
  }),
  notes: router({
    create: write.input(addNoteInput).mutation(({ ctx, input }) => addCustomerNote(ctx.verb, input)),
    update: write.input(editNoteInput).mutation(({ ctx, input }) => editCustomerNote(ctx.verb, input)),
    delete: write.input(noteInput).mutation(({ ctx, input }) => deleteCustomerNote(ctx.verb, input)),
  }),
  tags: router({
    list: read.query(({ ctx }) => listTags(ctx.verb)),
    create: write.input(tagInput).mutation(({ ctx, input }) => addCustomerTag(ctx.verb, input)),
    delete: write.input(tagInput).mutation(({ ctx, input }) => removeCustomerTag(ctx.verb, input)),
  }),
  preferences: router({
    update: write.input(setPreferencesInput).mutation(({ ctx, input }) => setPreferences(ctx.verb, input)),
  }),
});
