-- What the database keeps true by itself: statistics of customers and conversations, the copies of
-- primary identities, and the text that search reads. Statement triggers over transition tables: a batch
-- of a thousand messages costs one update per customer and conversation, not a thousand.
-- They run as the writer, inside the writer's tenant.

-- ── Conversations follow their messages ───────────────────────────────────────────────────────────────

-- Row by row over the grouped batch, by both keys: a plan of these functions is made once a session, often
-- while a table is small, and a join that was right then reads the whole tenant later. One order, so that
-- two batches at once cannot lock each other out. And one plan: made anew for each row it costs more than the row.
CREATE OR REPLACE FUNCTION public.conversations_follow_new_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  line record;
  thread uuid;
BEGIN
  FOR line IN
    SELECT tenant_id, conversation_id,
           count(*) AS added,
           count(*) FILTER (WHERE direction = 'in' AND NOT read) AS unread,
           max(occurred_at) AS newest_at,
           -- A public comment opens no reply window.
           max(occurred_at) FILTER (WHERE direction = 'in' AND data -> 'comment' IS NULL) AS newest_in,
           -- A reply that failed answers nobody.
           max(occurred_at) FILTER (WHERE direction = 'out' AND status <> 'failed') AS newest_out,
           -- A call that was answered leaves nobody waiting; no program waits, and nobody who is blocked.
           array_agg(occurred_at) FILTER (WHERE direction = 'in' AND NOT (kind = 'call' AND status = 'read')
                                            AND data -> 'automatic' IS NULL AND data -> 'quiet' IS NULL) AS came_in,
           (array_agg(left(text, 200) ORDER BY occurred_at DESC, id DESC))[1] AS preview,
           (array_agg(direction ORDER BY occurred_at DESC, id DESC))[1] AS newest_direction
      FROM added WHERE direction <> 'internal'
     GROUP BY tenant_id, conversation_id
     ORDER BY tenant_id, conversation_id
  LOOP
    UPDATE public.conversations conversation SET
      message_count = conversation.message_count + line.added,
      unread_count = conversation.unread_count + line.unread,
      last_message_preview = CASE WHEN conversation.message_count = 0 OR line.newest_at >= conversation.last_message_at
                                  THEN line.preview ELSE conversation.last_message_preview END,
      last_message_direction = CASE WHEN conversation.message_count = 0 OR line.newest_at >= conversation.last_message_at
                                    THEN line.newest_direction ELSE conversation.last_message_direction END,
      last_message_at = CASE WHEN conversation.message_count = 0 THEN line.newest_at
                             ELSE greatest(conversation.last_message_at, line.newest_at) END,
      last_inbound_at = greatest(conversation.last_inbound_at, line.newest_in),
      last_outbound_at = greatest(conversation.last_outbound_at, line.newest_out),
      waiting_since = least(
        -- Answered up to `newest_out`: whoever wrote after it still waits.
        CASE WHEN line.newest_out >= conversation.waiting_since
             THEN (SELECT min(message.occurred_at) FROM public.messages message
                    WHERE message.tenant_id = conversation.tenant_id
                      AND message.conversation_id = ANY (ARRAY(
                            SELECT conversation.id UNION ALL
                            SELECT part.id FROM public.conversations part
                             WHERE part.tenant_id = conversation.tenant_id AND part.thread_id = conversation.id))
                      AND message.direction = 'in' AND NOT (message.kind = 'call' AND message.status = 'read')
                      AND message.data -> 'automatic' IS NULL AND message.data -> 'quiet' IS NULL
                      AND message.occurred_at > line.newest_out)
             ELSE conversation.waiting_since END,
        (SELECT min(at) FROM unnest(line.came_in) AS at
          WHERE at > coalesce(greatest(conversation.last_outbound_at, line.newest_out), '-infinity')))
    WHERE conversation.tenant_id = line.tenant_id AND conversation.id = line.conversation_id
    RETURNING conversation.thread_id INTO thread;
    -- Merged: the thread that it is read in is counted anew, once whoever is counting it now is done.
    IF thread IS NOT NULL THEN
      PERFORM FROM public.conversations WHERE tenant_id = line.tenant_id AND id = thread FOR UPDATE;
      PERFORM public.recount_conversations(line.tenant_id, ARRAY[thread]);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- After an update or a delete nothing can be added up: what the conversation shows is counted again, and so is the thread
-- that it is read in. What was merged into it counts there too, but for the reply window, which is its own address's.
CREATE OR REPLACE FUNCTION public.recount_conversations(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE public.conversations conversation SET
    message_count = totals.messages,
    unread_count = totals.unread,
    last_message_at = coalesce(totals.newest_at, conversation.created_at),
    last_inbound_at = totals.newest_in,
    last_outbound_at = totals.newest_out,
    last_message_preview = newest.preview,
    last_message_direction = newest.direction,
    waiting_since = unanswered.since
  FROM (
    SELECT id FROM unnest(changed) AS given (id)
     UNION
    SELECT thread_id FROM public.conversations WHERE tenant_id = tenant AND id = ANY (changed) AND thread_id IS NOT NULL
  ) target
  CROSS JOIN LATERAL (
    SELECT ARRAY(SELECT target.id UNION ALL
                 SELECT id FROM public.conversations WHERE tenant_id = tenant AND thread_id = target.id) AS ids
  ) part
  CROSS JOIN LATERAL (
    SELECT count(*) AS messages, count(*) FILTER (WHERE direction = 'in' AND NOT read) AS unread, max(occurred_at) AS newest_at,
           max(occurred_at) FILTER (WHERE direction = 'in' AND data -> 'comment' IS NULL AND conversation_id = target.id) AS newest_in,
           max(occurred_at) FILTER (WHERE direction = 'out' AND status <> 'failed') AS newest_out
      FROM public.messages WHERE tenant_id = tenant AND conversation_id = ANY (part.ids) AND direction <> 'internal'
  ) totals
  LEFT JOIN LATERAL (
    SELECT left(last.text, 200) AS preview, last.direction
      FROM unnest(part.ids) AS one (id)
     CROSS JOIN LATERAL (
       SELECT text, direction, occurred_at, id FROM public.messages
        WHERE tenant_id = tenant AND conversation_id = one.id AND direction <> 'internal'
        ORDER BY occurred_at DESC, id DESC LIMIT 1) last
     ORDER BY last.occurred_at DESC, last.id DESC LIMIT 1
  ) newest ON true
  LEFT JOIN LATERAL (
    SELECT min(occurred_at) AS since FROM public.messages
     WHERE tenant_id = tenant AND conversation_id = ANY (part.ids) AND direction = 'in' AND NOT (kind = 'call' AND status = 'read')
       AND data -> 'automatic' IS NULL AND data -> 'quiet' IS NULL AND occurred_at > CASE WHEN totals.newest_out IS NULL THEN '-infinity' ELSE totals.newest_out END
  ) unanswered ON true
  WHERE conversation.tenant_id = tenant AND conversation.id = target.id
$$;

CREATE OR REPLACE FUNCTION public.conversations_follow_changed_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  -- Only what the conversation shows: status events change none of it and are by far the most.
  FOR found IN
    SELECT tenant_id, array_agg(DISTINCT conversation_id) AS ids FROM (
      SELECT before.tenant_id, unnest(ARRAY[before.conversation_id, after.conversation_id]) AS conversation_id
        FROM removed before JOIN added after USING (tenant_id, id)
       WHERE (before.read, before.text, before.occurred_at, before.conversation_id, before.direction, before.status = 'failed',
              before.kind = 'call' AND before.status = 'read')
             IS DISTINCT FROM (after.read, after.text, after.occurred_at, after.conversation_id, after.direction, after.status = 'failed',
              after.kind = 'call' AND after.status = 'read')
    ) changed GROUP BY tenant_id
  LOOP
    PERFORM public.recount_conversations(found.tenant_id, found.ids);
  END LOOP;
  FOR found IN
    SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM (
      SELECT before.tenant_id, unnest(ARRAY[before.customer_id, after.customer_id]) AS customer_id
        FROM removed before JOIN added after USING (tenant_id, id)
       WHERE (before.customer_id, before.direction) IS DISTINCT FROM (after.customer_id, after.direction)
    ) changed GROUP BY tenant_id
  LOOP
    PERFORM public.recount_customers(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.follow_removed_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT tenant_id, array_agg(DISTINCT conversation_id) AS conversations, array_agg(DISTINCT customer_id) AS customers
                 FROM removed GROUP BY tenant_id
  LOOP
    PERFORM public.recount_conversations(found.tenant_id, found.conversations);
    PERFORM public.recount_customers(found.tenant_id, found.customers);
  END LOOP;
  RETURN NULL;
END $$;

-- Merged, or no more: the threads that it was read in and is read in are counted anew.
CREATE OR REPLACE FUNCTION public.conversations_follow_merges() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.recount_conversations(NEW.tenant_id, array_remove(ARRAY[NEW.id, OLD.thread_id, NEW.thread_id], NULL));
  RETURN NULL;
END $$;

-- ── Customers follow their messages, conversations, tickets and activities ────────────────────────────

-- The definition of every statistic, in one place; triggers that add up must agree with it.
CREATE OR REPLACE FUNCTION public.recount_customers(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE public.customers customer SET
    total_messages = (SELECT count(*) FROM public.messages
                       WHERE tenant_id = tenant AND customer_id = target.id AND direction <> 'internal'),
    -- What was merged is one with what it goes on in.
    total_conversations = (SELECT count(*) FROM public.conversations
                            WHERE tenant_id = tenant AND customer_id = target.id AND thread_id IS NULL),
    total_tickets = (SELECT count(*) FROM public.tickets WHERE tenant_id = tenant AND customer_id = target.id),
    total_appointments = (SELECT count(*) FROM public.appointments
                           WHERE tenant_id = tenant AND customer_id = target.id AND status NOT IN ('held', 'rescheduled')),
    total_orders = customer.opening_orders + totals.orders,
    total_revenue_cents = customer.opening_revenue_cents + totals.revenue,
    last_order_at = totals.ordered_at,
    last_contact_at = totals.contacted_at,
    last_seen_at = totals.seen_at
  FROM unnest(changed) AS target (id)
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE type = 'order') AS orders,
           coalesce(sum(amount_cents) FILTER (WHERE type = 'order'), 0) AS revenue,
           max(occurred_at) FILTER (WHERE type = 'order') AS ordered_at,
           max(occurred_at) FILTER (WHERE type IN ('message_received', 'message_sent', 'email', 'call', 'visit')) AS contacted_at,
           max(occurred_at) FILTER (WHERE type IN ('message_received', 'visit')) AS seen_at
      FROM public.customer_activities WHERE tenant_id = tenant AND customer_id = target.id
  ) totals
  WHERE customer.tenant_id = tenant AND customer.id = target.id
$$;

-- Whoever was erased while their messages were being taken in: the transaction begins again, and finds nobody.
CREATE OR REPLACE FUNCTION public.customers_follow_new_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  line record;
  erased timestamptz;
BEGIN
  FOR line IN
    SELECT tenant_id, customer_id, count(*) AS added FROM added WHERE direction <> 'internal'
     GROUP BY tenant_id, customer_id ORDER BY tenant_id, customer_id
  LOOP
    UPDATE public.customers customer SET
      total_messages = customer.total_messages + line.added
    WHERE customer.tenant_id = line.tenant_id AND customer.id = line.customer_id
    RETURNING customer.erased_at INTO erased;
    IF erased IS NOT NULL THEN
      RAISE EXCEPTION 'the customer was erased meanwhile' USING ERRCODE = 'serialization_failure';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.customers_follow_new_activities() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  line record;
BEGIN
  FOR line IN
    SELECT tenant_id, customer_id,
           count(*) FILTER (WHERE type = 'order') AS orders,
           coalesce(sum(amount_cents) FILTER (WHERE type = 'order'), 0) AS revenue,
           max(occurred_at) FILTER (WHERE type = 'order') AS ordered_at,
           max(occurred_at) FILTER (WHERE type IN ('message_received', 'message_sent', 'email', 'call', 'visit')) AS contacted_at,
           max(occurred_at) FILTER (WHERE type IN ('message_received', 'visit')) AS seen_at
      FROM added
     GROUP BY tenant_id, customer_id ORDER BY tenant_id, customer_id
  LOOP
    UPDATE public.customers customer SET
      total_orders = customer.total_orders + line.orders,
      total_revenue_cents = customer.total_revenue_cents + line.revenue,
      last_order_at = greatest(customer.last_order_at, line.ordered_at),
      last_contact_at = greatest(customer.last_contact_at, line.contacted_at),
      last_seen_at = greatest(customer.last_seen_at, line.seen_at)
    WHERE customer.tenant_id = line.tenant_id AND customer.id = line.customer_id;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.customers_follow_new_conversations() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  line record;
BEGIN
  FOR line IN
    SELECT tenant_id, customer_id, count(*) AS added FROM added
     GROUP BY tenant_id, customer_id ORDER BY tenant_id, customer_id
  LOOP
    UPDATE public.customers customer SET
      total_conversations = customer.total_conversations + line.added
    WHERE customer.tenant_id = line.tenant_id AND customer.id = line.customer_id;
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.customers_follow_new_tickets() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  line record;
BEGIN
  FOR line IN
    SELECT tenant_id, customer_id, count(*) AS added FROM added WHERE customer_id IS NOT NULL
     GROUP BY tenant_id, customer_id ORDER BY tenant_id, customer_id
  LOOP
    UPDATE public.customers customer SET
      total_tickets = customer.total_tickets + line.added
    WHERE customer.tenant_id = line.tenant_id AND customer.id = line.customer_id;
  END LOOP;
  RETURN NULL;
END $$;

-- One that was moved counts once, where it went. They are written one at a time.
CREATE OR REPLACE FUNCTION public.customers_follow_appointment() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  counted uuid := CASE WHEN TG_OP <> 'INSERT' AND OLD.status NOT IN ('held', 'rescheduled') THEN OLD.customer_id END;
  counts uuid := CASE WHEN TG_OP <> 'DELETE' AND NEW.status NOT IN ('held', 'rescheduled') THEN NEW.customer_id END;
BEGIN
  IF counted IS DISTINCT FROM counts THEN
    UPDATE public.customers SET total_appointments = total_appointments - 1 WHERE tenant_id = OLD.tenant_id AND id = counted;
    UPDATE public.customers SET total_appointments = total_appointments + 1 WHERE tenant_id = NEW.tenant_id AND id = counts;
  END IF;
  RETURN NULL;
END $$;

-- Linked, unlinked, moved to another customer: both are counted again.
CREATE OR REPLACE FUNCTION public.customers_follow_moved_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM (
      SELECT before.tenant_id, unnest(ARRAY[before.customer_id, after.customer_id]) AS customer_id
        FROM removed before JOIN added after USING (tenant_id, id)
       WHERE before.customer_id IS DISTINCT FROM after.customer_id
    ) moved WHERE customer_id IS NOT NULL GROUP BY tenant_id
  LOOP
    PERFORM public.recount_customers(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

-- The same for conversations, which change with every message and move or merge hardly ever: asked per row, before
-- anything is done.
CREATE OR REPLACE FUNCTION public.customers_follow_moved_conversation() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.recount_customers(NEW.tenant_id, ARRAY[OLD.customer_id, NEW.customer_id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.customers_follow_changed_activities() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM (
      SELECT tenant_id, customer_id FROM removed UNION SELECT tenant_id, customer_id FROM added
    ) changed GROUP BY tenant_id
  LOOP
    PERFORM public.recount_customers(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.customers_follow_removed_rows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM removed WHERE customer_id IS NOT NULL GROUP BY tenant_id
  LOOP
    PERFORM public.recount_customers(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

-- Imported opening totals are part of the totals.
CREATE OR REPLACE FUNCTION public.customers_follow_opening_totals() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.total_orders := NEW.opening_orders;
    NEW.total_revenue_cents := NEW.opening_revenue_cents;
  ELSE
    NEW.total_orders := NEW.total_orders + NEW.opening_orders - OLD.opening_orders;
    NEW.total_revenue_cents := NEW.total_revenue_cents + NEW.opening_revenue_cents - OLD.opening_revenue_cents;
  END IF;
  RETURN NEW;
END $$;

-- ── Copies of the primary identities, and what search reads ───────────────────────────────────────────

-- What search reads: lower-case and unaccented. Phones stand there once more as national digits, so that
-- « 06 12 34 » finds +33 6 12 34.
CREATE OR REPLACE FUNCTION public.identity_words(kind text, value text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN kind = 'phone' THEN value || ' 0' || substr(value, 4) || ' ' || substr(value, 2) ELSE value END
$$;

CREATE OR REPLACE FUNCTION public.search_words(name text, town text, identities text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT btrim(lower(unaccent(concat_ws(' ', name, town, identities))))
$$;

-- What the index keeps of a customer's words: each under its business, as decision 38 has it. Changing it means making the index anew.
CREATE OR REPLACE FUNCTION public.words_of_customer(tenant uuid, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_agg(DISTINCT right(tenant::text, 12) || left(word, 60)))
    FROM unnest(string_to_array(regexp_replace(words, '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'), ' ')) word WHERE word <> ''
$$;

-- One join for the whole batch: a hundred thousand imported identities must not cost a look-up each.
CREATE OR REPLACE FUNCTION public.customers_follow_identities(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
  WITH gathered AS (
    SELECT target.id,
           (array_agg(identity.value ORDER BY identity.is_primary DESC, identity.id) FILTER (WHERE identity.kind = 'email'))[1] AS email,
           (array_agg(identity.value ORDER BY identity.is_primary DESC, identity.id) FILTER (WHERE identity.kind = 'phone'))[1] AS phone,
           string_agg(public.identity_words(identity.kind, identity.value), ' ' ORDER BY identity.id) AS words
      FROM unnest(changed) AS target (id)
      LEFT JOIN public.customer_identities identity ON identity.tenant_id = tenant AND identity.customer_id = target.id
     GROUP BY target.id
  ), copied AS (
    UPDATE public.customers customer SET email = gathered.email, phone = gathered.phone
      FROM gathered
     WHERE customer.tenant_id = tenant AND customer.id = gathered.id
       AND (customer.email, customer.phone) IS DISTINCT FROM (gathered.email, gathered.phone)
  )
  INSERT INTO public.customer_search AS search (tenant_id, customer_id, words)
  SELECT tenant, customer.id, public.search_words(customer.display_name, customer.city, gathered.words)
    FROM gathered JOIN public.customers customer ON customer.tenant_id = tenant AND customer.id = gathered.id
   ORDER BY customer.id
  ON CONFLICT (tenant_id, customer_id) DO UPDATE SET words = excluded.words WHERE search.words <> excluded.words
$$;

CREATE OR REPLACE FUNCTION public.identities_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  IF TG_OP = 'INSERT' THEN
    FOR found IN SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM added GROUP BY tenant_id LOOP
      PERFORM public.customers_follow_identities(found.tenant_id, found.ids);
    END LOOP;
  ELSIF TG_OP = 'DELETE' THEN
    FOR found IN SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids FROM removed GROUP BY tenant_id LOOP
      PERFORM public.customers_follow_identities(found.tenant_id, found.ids);
    END LOOP;
  ELSE
    FOR found IN
      SELECT tenant_id, array_agg(DISTINCT customer_id) AS ids
        FROM (SELECT tenant_id, customer_id FROM removed UNION SELECT tenant_id, customer_id FROM added) changed GROUP BY tenant_id
    LOOP
      PERFORM public.customers_follow_identities(found.tenant_id, found.ids);
    END LOOP;
  END IF;
  RETURN NULL;
END $$;

-- A new customer has no identity yet; those that follow write the words again.
CREATE OR REPLACE FUNCTION public.search_new_customers() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.customer_search (tenant_id, customer_id, words)
  SELECT tenant_id, id, public.search_words(display_name, city, NULL) FROM added;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_renamed_customer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.customer_search SET words = public.search_words(NEW.display_name, NEW.city, (
    SELECT string_agg(public.identity_words(kind, value), ' ' ORDER BY id) FROM public.customer_identities
     WHERE tenant_id = NEW.tenant_id AND customer_id = NEW.id))
   WHERE tenant_id = NEW.tenant_id AND customer_id = NEW.id;
  RETURN NULL;
END $$;

-- ── Files follow their rows ───────────────────────────────────────────────────────────────────────────

-- However a row goes (a customer erased, a message taken back), its bytes are owed a removal.
CREATE OR REPLACE FUNCTION public.remember_stored_files() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.storage_removals (tenant_id, id, storage_key)
  SELECT tenant_id, id, storage_key FROM removed WHERE storage_key IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.remember_stored_mails() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.storage_removals (tenant_id, id, storage_key)
  SELECT tenant_id, message_id, raw_key FROM removed WHERE raw_key IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- ── What words lead to: messages, tickets and their notes ─────────────────────────────────────────────

-- Words as the search door compares them: lower-case, unaccented, without punctuation; what stands in the title weighs
-- more.
CREATE OR REPLACE FUNCTION public.search_vector(title text, body text) RETURNS tsvector
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT setweight(to_tsvector('simple', regexp_replace(lower(unaccent(left(coalesce(title, ''), 20000))), '[^[:alnum:]\u0080-\uffff]+', ' ', 'g')), 'A')
      || to_tsvector('simple', regexp_replace(lower(unaccent(left(coalesce(body, ''), 20000))), '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'))
$$;

-- What the index keeps of them: each word under its business and kind, so that even the beginning of a word is looked for
-- among no other's. Changing it means making the index anew.
CREATE OR REPLACE FUNCTION public.words_under(tenant uuid, kind text, words tsvector) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_agg(left(kind, 1) || right(tenant::text, 12) || word)) FROM unnest(tsvector_to_array(words)) word
$$;

-- By their keys: a plan made once, while a table was small, must not read all of it later.
CREATE OR REPLACE FUNCTION public.index_messages(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO public.search_texts (tenant_id, id, kind, subject_id, channel_type, author_id, occurred_at, words)
  SELECT tenant, message.id, 'conversation', message.conversation_id, message.channel_type, message.author_id, message.occurred_at,
         public.search_vector(message.subject, message.text)
    FROM public.messages message
   WHERE message.tenant_id = tenant AND message.id = ANY (changed) AND message.deleted_at IS NULL
     AND message.kind NOT IN ('event', 'call', 'system') AND (message.text <> '' OR message.subject <> '')
  ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION public.index_tickets(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO public.search_texts (tenant_id, id, kind, subject_id, channel_type, author_id, occurred_at, words)
  SELECT tenant, ticket.id, 'ticket', ticket.id, ticket.channel_type, ticket.created_by, ticket.created_at,
         public.search_vector(ticket.number || ' ' || ticket.subject, ticket.description)
    FROM public.tickets ticket WHERE ticket.tenant_id = tenant AND ticket.id = ANY (changed)
  ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION public.index_ticket_notes(tenant uuid, changed uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO public.search_texts (tenant_id, id, kind, subject_id, channel_type, author_id, occurred_at, words)
  SELECT tenant, note.id, 'ticket', note.ticket_id, NULL, note.actor_id, note.created_at,
         public.search_vector(NULL, note.data ->> 'text')
    FROM public.ticket_events note
   WHERE note.tenant_id = tenant AND note.id = ANY (changed) AND note.type = 'note' AND note.data ->> 'text' <> ''
  ON CONFLICT DO NOTHING;
END $$;

-- One statement for a batch, whatever arrived in it.
CREATE OR REPLACE FUNCTION public.search_new_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT tenant_id, array_agg(id) AS ids FROM added GROUP BY tenant_id LOOP
    PERFORM public.index_messages(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_new_tickets() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT tenant_id, array_agg(id) AS ids FROM added GROUP BY tenant_id LOOP
    PERFORM public.index_tickets(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_new_ticket_notes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN SELECT tenant_id, array_agg(id) AS ids FROM added WHERE type = 'note' GROUP BY tenant_id LOOP
    PERFORM public.index_ticket_notes(found.tenant_id, found.ids);
  END LOOP;
  RETURN NULL;
END $$;

-- Row by row, and only where words changed: status events change none and are by far the most.
CREATE OR REPLACE FUNCTION public.search_changed_message() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM public.search_texts WHERE tenant_id = OLD.tenant_id AND id = OLD.id;
  PERFORM public.index_messages(NEW.tenant_id, ARRAY[NEW.id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_changed_ticket() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM public.search_texts WHERE tenant_id = OLD.tenant_id AND id = OLD.id;
  PERFORM public.index_tickets(NEW.tenant_id, ARRAY[NEW.id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_changed_ticket_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM public.search_texts WHERE tenant_id = OLD.tenant_id AND id = OLD.id;
  PERFORM public.index_ticket_notes(NEW.tenant_id, ARRAY[NEW.id]);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_removed_texts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM public.search_texts held USING removed WHERE held.tenant_id = removed.tenant_id AND held.id = removed.id;
  RETURN NULL;
END $$;

-- Whether a word is remembered for who mistypes it. Plain expressions, this and the next: PostgreSQL writes them out where they stand.
CREATE OR REPLACE FUNCTION public.is_remembered(word text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT word ~ '^[a-z]{4,24}$' $$;

CREATE OR REPLACE FUNCTION public.split_words(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_to_array(regexp_replace(words, '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'), ' ')
$$;

-- Each word is looked up by its key, and only one that nobody has said before is written. The arrays go together.
CREATE OR REPLACE FUNCTION public.remember_words(tenants uuid[], texts uuid[], words text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
  INSERT INTO public.search_words (tenant_id, word, text_id)
  SELECT said.tenant_id, said.word, said.text_id
    FROM (SELECT tenant_id, word, min(text_id::text)::uuid AS text_id
            FROM unnest(tenants, texts, words) AS one (tenant_id, text_id, word) GROUP BY tenant_id, word) said
    LEFT JOIN LATERAL (
      SELECT true AS known FROM public.search_words held WHERE held.tenant_id = said.tenant_id AND held.word = said.word LIMIT 1) before ON true
   WHERE before.known IS NULL
  ON CONFLICT DO NOTHING
$$;

CREATE OR REPLACE FUNCTION public.search_new_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM public.remember_words(array_agg(added.tenant_id), array_agg(added.id), array_agg(word))
    FROM added, unnest(tsvector_to_array(added.words)) word WHERE public.is_remembered(word);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.search_removed_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone text[] := ARRAY(SELECT DISTINCT word FROM removed, unnest(tsvector_to_array(removed.words)) word WHERE public.is_remembered(word));
BEGIN
  IF cardinality(gone) > 0 THEN PERFORM door.forget_words(gone); END IF;
  RETURN NULL;
END $$;

-- Customers' words are remembered as those of texts are.
CREATE OR REPLACE FUNCTION public.search_customer_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone text[];
BEGIN
  IF TG_OP <> 'DELETE' THEN
    PERFORM public.remember_words(array_agg(added.tenant_id), array_agg(added.customer_id), array_agg(word))
      FROM added, unnest(public.split_words(added.words)) word WHERE public.is_remembered(word);
  END IF;
  IF TG_OP = 'UPDATE' THEN
    gone := ARRAY(SELECT word FROM removed, unnest(public.split_words(removed.words)) word WHERE public.is_remembered(word)
                  EXCEPT SELECT word FROM added, unnest(public.split_words(added.words)) word);
  ELSIF TG_OP = 'DELETE' THEN
    gone := ARRAY(SELECT DISTINCT word FROM removed, unnest(public.split_words(removed.words)) word WHERE public.is_remembered(word));
  END IF;
  IF cardinality(gone) > 0 THEN PERFORM door.forget_words(gone); END IF;
  RETURN NULL;
END $$;

-- ── Surveys ───────────────────────────────────────────────────────────────────────────────────────────

-- One row of the counts, by the values of one survey; a row that is gone with its tenant stays gone.
CREATE OR REPLACE FUNCTION public.survey_weeks_follow() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status IN ('asked', 'answered') THEN
    UPDATE survey_weeks
       SET asked = asked - 1,
           scored_1 = scored_1 - (OLD.score IS NOT DISTINCT FROM 1)::int,
           scored_2 = scored_2 - (OLD.score IS NOT DISTINCT FROM 2)::int,
           scored_3 = scored_3 - (OLD.score IS NOT DISTINCT FROM 3)::int,
           scored_4 = scored_4 - (OLD.score IS NOT DISTINCT FROM 4)::int,
           scored_5 = scored_5 - (OLD.score IS NOT DISTINCT FROM 5)::int
     WHERE tenant_id = OLD.tenant_id AND week = date_bin('7 days', OLD.due_at, timestamptz '2000-01-03 00:00:00+00')
       AND member_id = coalesce(OLD.member_id, '00000000-0000-0000-0000-000000000000') AND channel_type = OLD.channel_type;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status IN ('asked', 'answered') THEN
    INSERT INTO survey_weeks AS kept (tenant_id, week, member_id, channel_type, asked, scored_1, scored_2, scored_3, scored_4, scored_5)
    VALUES (NEW.tenant_id, date_bin('7 days', NEW.due_at, timestamptz '2000-01-03 00:00:00+00'),
            coalesce(NEW.member_id, '00000000-0000-0000-0000-000000000000'), NEW.channel_type, 1,
            (NEW.score IS NOT DISTINCT FROM 1)::int, (NEW.score IS NOT DISTINCT FROM 2)::int, (NEW.score IS NOT DISTINCT FROM 3)::int,
            (NEW.score IS NOT DISTINCT FROM 4)::int, (NEW.score IS NOT DISTINCT FROM 5)::int)
    ON CONFLICT (tenant_id, week, member_id, channel_type) DO UPDATE
       SET asked = kept.asked + 1,
           scored_1 = kept.scored_1 + excluded.scored_1,
           scored_2 = kept.scored_2 + excluded.scored_2,
           scored_3 = kept.scored_3 + excluded.scored_3,
           scored_4 = kept.scored_4 + excluded.scored_4,
           scored_5 = kept.scored_5 + excluded.scored_5;
  END IF;
  RETURN NULL;
END $$;

-- ── Wiring ────────────────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE TRIGGER a_conversations_follow AFTER INSERT ON messages REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.conversations_follow_new_messages();
CREATE OR REPLACE TRIGGER b_customers_follow AFTER INSERT ON messages REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_new_messages();
CREATE OR REPLACE TRIGGER c_follow_changes AFTER UPDATE ON messages REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.conversations_follow_changed_messages();
CREATE OR REPLACE TRIGGER d_follow_removals AFTER DELETE ON messages REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.follow_removed_messages();

CREATE OR REPLACE TRIGGER a_customers_follow AFTER INSERT ON customer_activities REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_new_activities();
CREATE OR REPLACE TRIGGER b_customers_follow AFTER UPDATE ON customer_activities REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_changed_activities();
CREATE OR REPLACE TRIGGER c_customers_follow AFTER DELETE ON customer_activities REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_removed_rows();

CREATE OR REPLACE TRIGGER a_customers_follow AFTER INSERT ON conversations REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_new_conversations();
CREATE OR REPLACE TRIGGER b_customers_follow AFTER UPDATE ON conversations
  FOR EACH ROW WHEN (OLD.customer_id IS DISTINCT FROM NEW.customer_id OR OLD.thread_id IS NULL AND NEW.thread_id IS NOT NULL
                     OR OLD.thread_id IS NOT NULL AND NEW.thread_id IS NULL)
  EXECUTE FUNCTION public.customers_follow_moved_conversation();
CREATE OR REPLACE TRIGGER d_conversations_follow_merges AFTER UPDATE ON conversations
  FOR EACH ROW WHEN (OLD.thread_id IS DISTINCT FROM NEW.thread_id) EXECUTE FUNCTION public.conversations_follow_merges();
CREATE OR REPLACE TRIGGER c_customers_follow AFTER DELETE ON conversations REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_removed_rows();

CREATE OR REPLACE TRIGGER a_customers_follow AFTER INSERT ON tickets REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_new_tickets();
CREATE OR REPLACE TRIGGER b_customers_follow AFTER UPDATE ON tickets REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_moved_rows();
CREATE OR REPLACE TRIGGER c_customers_follow AFTER DELETE ON tickets REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.customers_follow_removed_rows();

CREATE OR REPLACE TRIGGER a_customers_follow AFTER INSERT OR DELETE OR UPDATE OF status, customer_id ON appointments
  FOR EACH ROW EXECUTE FUNCTION public.customers_follow_appointment();

CREATE OR REPLACE TRIGGER a_opening_totals_new BEFORE INSERT ON customers
  FOR EACH ROW EXECUTE FUNCTION public.customers_follow_opening_totals();
CREATE OR REPLACE TRIGGER b_opening_totals BEFORE UPDATE OF opening_orders, opening_revenue_cents ON customers
  FOR EACH ROW EXECUTE FUNCTION public.customers_follow_opening_totals();
CREATE OR REPLACE TRIGGER c_search_new AFTER INSERT ON customers REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_new_customers();
CREATE OR REPLACE TRIGGER d_search_words AFTER UPDATE OF display_name, city ON customers
  FOR EACH ROW WHEN (OLD.display_name IS DISTINCT FROM NEW.display_name OR OLD.city IS DISTINCT FROM NEW.city)
  EXECUTE FUNCTION public.search_renamed_customer();

CREATE OR REPLACE TRIGGER a_identities_added AFTER INSERT ON customer_identities REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.identities_changed();
CREATE OR REPLACE TRIGGER b_identities_changed AFTER UPDATE ON customer_identities REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.identities_changed();
CREATE OR REPLACE TRIGGER c_identities_removed AFTER DELETE ON customer_identities REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.identities_changed();

CREATE OR REPLACE TRIGGER a_remember_files AFTER DELETE ON attachments REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.remember_stored_files();
CREATE OR REPLACE TRIGGER a_remember_mails AFTER DELETE ON mail_bodies REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.remember_stored_mails();

CREATE OR REPLACE TRIGGER e_search_new AFTER INSERT ON messages REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_new_messages();
CREATE OR REPLACE TRIGGER f_search_changed AFTER UPDATE ON messages
  FOR EACH ROW WHEN ((OLD.text, OLD.subject, OLD.deleted_at IS NULL, OLD.conversation_id) IS DISTINCT FROM (NEW.text, NEW.subject, NEW.deleted_at IS NULL, NEW.conversation_id))
  EXECUTE FUNCTION public.search_changed_message();
CREATE OR REPLACE TRIGGER g_search_removed AFTER DELETE ON messages REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_removed_texts();
CREATE OR REPLACE TRIGGER e_search_new AFTER INSERT ON tickets REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_new_tickets();
CREATE OR REPLACE TRIGGER f_search_changed AFTER UPDATE ON tickets
  FOR EACH ROW WHEN ((OLD.subject, OLD.description) IS DISTINCT FROM (NEW.subject, NEW.description))
  EXECUTE FUNCTION public.search_changed_ticket();
CREATE OR REPLACE TRIGGER g_search_removed AFTER DELETE ON tickets REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_removed_texts();
CREATE OR REPLACE TRIGGER e_search_new AFTER INSERT ON ticket_events REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_new_ticket_notes();
CREATE OR REPLACE TRIGGER f_search_changed AFTER UPDATE ON ticket_events
  FOR EACH ROW WHEN (OLD.type = 'note' AND (OLD.data, OLD.ticket_id) IS DISTINCT FROM (NEW.data, NEW.ticket_id))
  EXECUTE FUNCTION public.search_changed_ticket_note();
CREATE OR REPLACE TRIGGER g_search_removed AFTER DELETE ON ticket_events REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_removed_texts();
CREATE OR REPLACE TRIGGER a_search_words_new AFTER INSERT ON search_texts REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_new_words();
CREATE OR REPLACE TRIGGER b_search_words_removed AFTER DELETE ON search_texts REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_removed_words();
CREATE OR REPLACE TRIGGER a_words_new AFTER INSERT ON customer_search REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_customer_words();
CREATE OR REPLACE TRIGGER b_words_changed AFTER UPDATE ON customer_search REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_customer_words();
CREATE OR REPLACE TRIGGER c_words_removed AFTER DELETE ON customer_search REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION public.search_customer_words();

-- As the transaction commits, when whatever else it waits for is its own: two of them never wait for each other. CREATE OR REPLACE
-- knows no constraint triggers.
DROP TRIGGER IF EXISTS a_weeks_follow ON surveys;
CREATE CONSTRAINT TRIGGER a_weeks_follow AFTER INSERT OR DELETE OR UPDATE OF status, score, due_at, member_id, channel_type ON surveys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.survey_weeks_follow();
