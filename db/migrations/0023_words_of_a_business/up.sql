-- The index keeps each word under its business and kind: a beginning is looked for among their words alone. As in
-- db/triggers.sql, which is applied later.
CREATE OR REPLACE FUNCTION public.words_under(tenant uuid, kind text, words tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_agg(left(kind, 1) || right(tenant::text, 12) || word)) FROM unnest(tsvector_to_array(words)) word
$$;

DROP FUNCTION IF EXISTS door.terms_query(text[], integer);
DROP FUNCTION IF EXISTS public.search_vector(uuid, text, text, text);
DROP INDEX search_texts_words;
-- The word that named both goes. The owner is under forced row-level security too.
ALTER TABLE search_texts NO FORCE ROW LEVEL SECURITY;
UPDATE search_texts SET words = ts_delete(words, '@' || tenant_id || ':' || kind);
ALTER TABLE search_texts FORCE ROW LEVEL SECURITY;
CREATE INDEX "search_texts_words" ON "search_texts" USING gin (public.words_under("tenant_id","kind","words"));
-- The planner knows nothing of the new words until it has looked at some.
ANALYZE search_texts;
