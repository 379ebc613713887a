-- What Drizzle has no word for: optional references that forget only the link (a bare SET NULL would
-- null the tenant too), references into schema auth, and trigram search.
ALTER TABLE tickets
  ADD CONSTRAINT tickets_customer_fk FOREIGN KEY (tenant_id, customer_id)
    REFERENCES customers (tenant_id, id) ON DELETE SET NULL (customer_id),
  ADD CONSTRAINT tickets_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id),
  ADD CONSTRAINT tickets_assignee_fk FOREIGN KEY (tenant_id, assignee_id)
    REFERENCES memberships (tenant_id, user_id) ON DELETE SET NULL (assignee_id);

ALTER TABLE conversations
  ADD CONSTRAINT conversations_assignee_fk FOREIGN KEY (tenant_id, assignee_id)
    REFERENCES memberships (tenant_id, user_id) ON DELETE SET NULL (assignee_id);

ALTER TABLE customer_activities
  ADD CONSTRAINT customer_activities_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id),
  ADD CONSTRAINT customer_activities_ticket_fk FOREIGN KEY (tenant_id, ticket_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (ticket_id);

ALTER TABLE memberships
  ADD CONSTRAINT memberships_user_fk FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Read by the search door only: under row-level security a trigram operator never reaches an index.
CREATE INDEX customers_search ON customers USING gin (search_text gin_trgm_ops);
CREATE INDEX tickets_search ON tickets USING gin (subject gin_trgm_ops);
