-- What was snoozed is open again; spam is put away, resolved and archived. What blocked senders wrote stays, as any message.
ALTER TABLE webhook_logs NO FORCE ROW LEVEL SECURITY;
UPDATE webhook_logs SET reason = NULL WHERE reason = 'sender_blocked';
ALTER TABLE webhook_logs FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_logs DROP CONSTRAINT webhook_logs_reason_check;
ALTER TABLE webhook_logs ADD CONSTRAINT webhook_logs_reason_check CHECK (reason in ('signature_mismatch', 'missing_signature', 'verify_token_mismatch', 'not_configured', 'unknown_account', 'malformed', 'too_large', 'duplicate', 'unsupported_type', 'stale', 'channel_paused', 'waiting_for_message', 'handler_error'));
DROP TABLE conversation_labels;
DROP TABLE labels;
DROP INDEX conversations_snoozed;
ALTER TABLE conversations DROP CONSTRAINT conversations_snoozed_check;
ALTER TABLE conversations NO FORCE ROW LEVEL SECURITY;
UPDATE conversations SET status = 'open' WHERE status = 'snoozed';
UPDATE conversations SET status = 'resolved', archived = true, resolved_at = coalesce(resolved_at, now()) WHERE status = 'spam';
ALTER TABLE conversations FORCE ROW LEVEL SECURITY;
ALTER TABLE conversations DROP CONSTRAINT conversations_status_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_status_check CHECK (status in ('open', 'resolved'));
ALTER TABLE conversations DROP COLUMN snoozed_until;
