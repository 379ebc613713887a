DROP TABLE assistant_versions;
-- What waits for missed calls has no name in the earlier form.
ALTER TABLE automation_facts NO FORCE ROW LEVEL SECURITY;
DELETE FROM automation_facts WHERE event = 'call_missed';
ALTER TABLE automation_facts FORCE ROW LEVEL SECURITY;
ALTER TABLE automation_facts DROP CONSTRAINT automation_facts_event;
ALTER TABLE automation_facts ADD CONSTRAINT automation_facts_event CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed'));
ALTER TABLE automation_runs NO FORCE ROW LEVEL SECURITY;
DELETE FROM automation_runs WHERE event = 'call_missed';
ALTER TABLE automation_runs FORCE ROW LEVEL SECURITY;
ALTER TABLE automation_runs DROP CONSTRAINT automation_runs_event;
ALTER TABLE automation_runs ADD CONSTRAINT automation_runs_event CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed'));
ALTER TABLE automation_rules NO FORCE ROW LEVEL SECURITY;
DELETE FROM automation_rules WHERE event = 'call_missed';
ALTER TABLE automation_rules FORCE ROW LEVEL SECURITY;
ALTER TABLE automation_rules DROP CONSTRAINT automation_rules_event;
ALTER TABLE automation_rules ADD CONSTRAINT automation_rules_event CHECK (event in ('ticket_opened', 'ticket_changed', 'message_received', 'reply_sent', 'conversation_opened', 'conversation_resolved', 'promise_near', 'promise_missed'));
DROP INDEX call_logs_missed;
ALTER TABLE call_logs DROP COLUMN follow_up_at;
