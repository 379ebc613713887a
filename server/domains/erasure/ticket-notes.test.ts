import { expect, test } from "vitest";
import { createCustomer, createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { openFiles, png } from "#server/domains/attachments/testing.ts";
import { removeUnusedUploads } from "#server/domains/attachments/remove-unused-uploads.ts";
import { uploadFile } from "#server/domains/attachments/upload-file.ts";
import { contextFor } from "#server/core/context.ts";
import { addTicketNote } from "#server/domains/tickets/add-ticket-note.ts";
import { changeTicket } from "#server/domains/tickets/change-ticket.ts";
import { getTicket } from "#server/domains/tickets/get-ticket.ts";
import { createField } from "#server/domains/ticket-forms/save-field.ts";
import { countErasure } from "./count-erasure.ts";
import { eraseCustomer } from "./erase-customer.ts";

await testDatabase();
openFiles();

test("a file goes with a note on a ticket, is swept by nobody, shown to members, and erased with the customer", async () => {
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "admin");
  const customer = await createCustomer(tenant);
  const { ticketId, number } = await createTicket(tenant, { customerId: customer.customerId });
  const bytes = png();
  const body = new Blob([bytes.slice()]).stream();
  const file = await uploadFile(ctx, { body, bytes: bytes.length, fileName: "lampe.png", declaredType: "image/png" });
  const note = { ticketId, text: "", attachmentIds: [file.id] };
  const colleague = await createMember(tenant, "agent");
  await expect(addTicketNote(colleague.ctx, note)).rejects.toMatchObject({ fields: { files: "file_gone" } });
  const { noteId } = await addTicketNote(ctx, note);
  await expect(addTicketNote(ctx, note)).rejects.toMatchObject({ fields: { files: "file_gone" } });
  await removeUnusedUploads({ now: () => new Date(Date.now() + 48 * 3_600_000) }, (tenantId) =>
    contextFor(tenantId, { type: "job", name: "test" }),
  );
  const { events } = await getTicket(colleague.ctx, { number });
  expect(events.map(({ id, files }) => [id, files.map(({ fileName }) => fileName)])).toEqual([[noteId, ["lampe.png"]]]);

  const { fieldId } = await createField(ctx, { name: "Référence", type: "text" });
  await changeTicket(ctx, { ticketId, fields: { [fieldId]: "au nom de Delcourt" } });
  expect((await countErasure(ctx, { customerId: customer.customerId })).counts).toMatchObject({ files: 1, tickets: 1 });
  await eraseCustomer(ctx, { customerId: customer.customerId });
  const left = await getTicket(ctx, { number });
  expect(left.ticket.fields).toEqual({});
  expect(left.events.map(({ type, data, files }) => [type, data, files])).toEqual([
    ["note", {}, []],
    ["field", {}, []],
  ]);
  const owed = await withTenant(tenant, (tx) => tx.raw.unsafe("select id from storage_removals"));
  expect([...owed]).toEqual([{ id: file.id }]);
});
