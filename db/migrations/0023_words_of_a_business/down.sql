DROP INDEX search_texts_words;
ALTER TABLE search_texts NO FORCE ROW LEVEL SECURITY;
UPDATE search_texts SET words = words || array_to_tsvector(ARRAY['@' || tenant_id || ':' || kind]);
ALTER TABLE search_texts FORCE ROW LEVEL SECURITY;
CREATE INDEX "search_texts_words" ON "search_texts" USING gin ("words");
DROP FUNCTION public.words_under(uuid, text, tsvector);
DROP FUNCTION IF EXISTS door.terms_query(text[], text);
DROP FUNCTION IF EXISTS public.search_vector(text, text);
