DROP INDEX customers_search;
DROP INDEX tickets_search;
ALTER TABLE memberships DROP CONSTRAINT memberships_user_fk;
ALTER TABLE customer_activities DROP CONSTRAINT customer_activities_conversation_fk, DROP CONSTRAINT customer_activities_ticket_fk;
ALTER TABLE conversations DROP CONSTRAINT conversations_assignee_fk;
ALTER TABLE tickets DROP CONSTRAINT tickets_customer_fk, DROP CONSTRAINT tickets_conversation_fk, DROP CONSTRAINT tickets_assignee_fk;
