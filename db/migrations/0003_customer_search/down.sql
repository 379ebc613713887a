-- The words go back into the customers' own rows.
ALTER TABLE customers ADD COLUMN search_text text DEFAULT '' NOT NULL;
DROP TRIGGER IF EXISTS c_search_new ON customers;
DROP TRIGGER IF EXISTS d_search_words ON customers;
ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_search NO FORCE ROW LEVEL SECURITY;
UPDATE customers SET search_text = search.words
  FROM customer_search search WHERE search.tenant_id = customers.tenant_id AND search.customer_id = customers.id;
ALTER TABLE customers FORCE ROW LEVEL SECURITY;
DROP TABLE customer_search;
CREATE INDEX customers_search ON customers USING gin (search_text gin_trgm_ops);
