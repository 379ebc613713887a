-- A customer is found by the beginnings of words, each looked for among those of its business alone (decision 38). As in
-- db/triggers.sql, which is applied later.
CREATE OR REPLACE FUNCTION public.words_of_customer(tenant uuid, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_agg(DISTINCT right(tenant::text, 12) || left(word, 60)))
    FROM unnest(string_to_array(regexp_replace(words, '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'), ' ')) word WHERE word <> ''
$$;

-- The owner is under forced row-level security too.
ALTER TABLE customer_search NO FORCE ROW LEVEL SECURITY;
ALTER TABLE search_words NO FORCE ROW LEVEL SECURITY;
INSERT INTO search_words (tenant_id, word, text_id)
SELECT said.tenant_id, said.word, said.text_id
  FROM (SELECT tenant_id, word, min(customer_id::text)::uuid AS text_id
          FROM customer_search, unnest(string_to_array(regexp_replace(words, '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'), ' ')) word
         WHERE word ~ '^[a-z]{4,24}$' GROUP BY tenant_id, word) said
 WHERE NOT EXISTS (SELECT FROM search_words held WHERE held.tenant_id = said.tenant_id AND held.word = said.word);
ALTER TABLE search_words FORCE ROW LEVEL SECURITY;
ALTER TABLE customer_search FORCE ROW LEVEL SECURITY;

-- Read by the search door only.
CREATE INDEX customer_search_words ON customer_search USING gin (public.words_of_customer(tenant_id, words));
-- The planner knows nothing of the new words until it has looked at some.
ANALYZE customer_search;
