CREATE TABLE "search_texts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"channel_type" text,
	"author_id" uuid,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_texts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "search_texts_kind" CHECK (kind in ('conversation', 'ticket'))
);

CREATE TABLE "search_words" (
	"tenant_id" uuid NOT NULL,
	"word" text NOT NULL,
	"text_id" uuid NOT NULL,
	CONSTRAINT "search_words_tenant_id_word_text_id_pk" PRIMARY KEY("tenant_id","word","text_id")
);

-- While they are empty: a constraint is checked with row-level security forced, and would find no business.
ALTER TABLE "search_texts" ADD CONSTRAINT "search_texts_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "search_words" ADD CONSTRAINT "search_words_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;

-- The owner is under forced row-level security too: it is lifted while every tenant's words are gathered, ten thousand
-- rows at a time. The functions are those of db/triggers.sql, which is applied later.
ALTER TABLE messages NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tickets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_events NO FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
  source text;
  reached uuid;
  seen uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  FOREACH source IN ARRAY ARRAY[
    $q$SELECT tenant_id, id, 'conversation' AS kind, conversation_id AS subject_id, channel_type, author_id, occurred_at, subject AS title, text AS body
         FROM messages WHERE deleted_at IS NULL AND kind NOT IN ('event', 'call', 'system')$q$,
    $q$SELECT tenant_id, id, 'ticket' AS kind, id AS subject_id, channel_type, created_by AS author_id, created_at AS occurred_at, number || ' ' || subject AS title, description AS body
         FROM tickets WHERE true$q$,
    $q$SELECT tenant_id, id, 'ticket' AS kind, ticket_id AS subject_id, NULL::text AS channel_type, actor_id AS author_id, created_at AS occurred_at, NULL::text AS title, data ->> 'text' AS body
         FROM ticket_events WHERE type = 'note'$q$]
  LOOP
    seen := '00000000-0000-0000-0000-000000000000';
    LOOP
      EXECUTE format($f$
        WITH step AS MATERIALIZED (SELECT * FROM (%s) every_text WHERE id > $1 ORDER BY id LIMIT 10000),
        added AS (
          INSERT INTO search_texts (tenant_id, id, kind, subject_id, channel_type, author_id, occurred_at, words)
          SELECT tenant_id, id, kind, subject_id, channel_type, author_id, occurred_at,
                 setweight(to_tsvector('simple', regexp_replace(lower(unaccent(left(coalesce(title, ''), 20000))), '[^[:alnum:]\u0080-\uffff]+', ' ', 'g')), 'A')
                 || to_tsvector('simple', regexp_replace(lower(unaccent(left(coalesce(body, ''), 20000))), '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'))
                 || array_to_tsvector(ARRAY['@' || tenant_id || ':' || kind])
            FROM step WHERE coalesce(title, '') <> '' OR coalesce(body, '') <> '')
        SELECT id FROM step ORDER BY id DESC LIMIT 1$f$, source) INTO reached USING seen;
      EXIT WHEN reached IS NULL;
      seen := reached;
    END LOOP;
  END LOOP;
END $$;
ALTER TABLE messages FORCE ROW LEVEL SECURITY;
ALTER TABLE tickets FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_events FORCE ROW LEVEL SECURITY;

INSERT INTO search_words (tenant_id, word, text_id)
SELECT DISTINCT ON (tenant_id, word) tenant_id, word, id FROM search_texts, unnest(tsvector_to_array(words)) word
 WHERE word ~ '^[a-z]{4,24}$' ORDER BY tenant_id, word, id;

CREATE INDEX "search_texts_recent" ON "search_texts" USING btree ("tenant_id","kind","occurred_at" DESC);
CREATE INDEX "search_texts_words" ON "search_texts" USING gin ("words");
CREATE INDEX "search_words_similar" ON "search_words" USING gin ("word" gin_trgm_ops);
