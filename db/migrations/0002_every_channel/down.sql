-- Takes back the tables and columns of every_channel. The older key allows one conversation per address: a mail
-- thread keeps its own by carrying its key in the address.
DROP INDEX channel_configurations_mailboxes;
ALTER TABLE channel_configurations
  DROP COLUMN mail_signature,
  DROP CONSTRAINT channel_configurations_connection_fk,
  DROP COLUMN token_expires_at,
  DROP COLUMN token_due_at,
  DROP COLUMN connection_id,
  DROP COLUMN business_hours,
  DROP COLUMN away_message,
  DROP COLUMN auto_reply,
  DROP COLUMN voice,
  DROP COLUMN default_assignee_id,
  DROP COLUMN sending_blocked,
  DROP COLUMN templates_due_at;
DROP TABLE alerts;
DROP TABLE attachments;
DROP TABLE call_functions;
DROP TABLE call_logs;
DROP TABLE channel_hours;
DROP TABLE connection_attempts;
DROP TABLE mail_bodies;
DROP TABLE mail_folders;
DROP TABLE mailbox_leases;
DROP TABLE message_templates;
DROP TABLE platform_connections;
DROP TABLE storage_removals;
DROP FUNCTION IF EXISTS public.remember_stored_files(), public.remember_stored_mails();
DROP INDEX conversations_address;
ALTER TABLE conversations NO FORCE ROW LEVEL SECURITY;
UPDATE conversations SET address_value = address_value || ' ' || thread_key WHERE thread_key <> '';
ALTER TABLE conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations
  DROP COLUMN thread_key,
  DROP COLUMN subject,
  DROP COLUMN participants;
CREATE UNIQUE INDEX conversations_address ON conversations USING btree (tenant_id, channel_id, address_kind, address_value);
