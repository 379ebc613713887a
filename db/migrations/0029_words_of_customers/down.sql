DROP TRIGGER IF EXISTS a_words_new ON customer_search;
DROP TRIGGER IF EXISTS b_words_changed ON customer_search;
DROP TRIGGER IF EXISTS c_words_removed ON customer_search;
DROP FUNCTION IF EXISTS public.search_customer_words();
DROP FUNCTION IF EXISTS public.split_words(text);

-- Words that only customers have are forgotten; the owner is under forced row-level security too.
ALTER TABLE search_words NO FORCE ROW LEVEL SECURITY;
ALTER TABLE search_texts NO FORCE ROW LEVEL SECURITY;
DELETE FROM search_words held
 WHERE NOT EXISTS (SELECT FROM search_texts one
                    WHERE one.tenant_id = held.tenant_id
                      AND public.words_under(one.tenant_id, one.kind, one.words)
                          @@ format('%1$L | %2$L', 'c' || right(held.tenant_id::text, 12) || held.word, 't' || right(held.tenant_id::text, 12) || held.word)::tsquery);
ALTER TABLE search_texts FORCE ROW LEVEL SECURITY;
ALTER TABLE search_words FORCE ROW LEVEL SECURITY;

DROP INDEX customer_search_words;
DROP FUNCTION public.words_of_customer(uuid, text);
DROP FUNCTION IF EXISTS door.search_customers(text, integer, boolean);
