CREATE TABLE "survey_weeks" (
	"tenant_id" uuid NOT NULL,
	"week" timestamp (3) with time zone NOT NULL,
	"member_id" uuid NOT NULL,
	"channel_type" text NOT NULL,
	"asked" integer NOT NULL,
	"scored_1" integer NOT NULL,
	"scored_2" integer NOT NULL,
	"scored_3" integer NOT NULL,
	"scored_4" integer NOT NULL,
	"scored_5" integer NOT NULL,
	CONSTRAINT "survey_weeks_tenant_id_week_member_id_channel_type_pk" PRIMARY KEY("tenant_id","week","member_id","channel_type")
);

ALTER TABLE "survey_weeks" ADD CONSTRAINT "survey_weeks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;

-- As in db/triggers.sql, which is applied later: from here on nothing is written that is not counted.
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
DROP TRIGGER IF EXISTS a_weeks_follow ON surveys;
CREATE CONSTRAINT TRIGGER a_weeks_follow AFTER INSERT OR DELETE OR UPDATE OF status, score, due_at, member_id, channel_type ON surveys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.survey_weeks_follow();

-- The owner is under forced row-level security too.
ALTER TABLE surveys NO FORCE ROW LEVEL SECURITY;
INSERT INTO survey_weeks (tenant_id, week, member_id, channel_type, asked, scored_1, scored_2, scored_3, scored_4, scored_5)
SELECT tenant_id, date_bin('7 days', due_at, timestamptz '2000-01-03 00:00:00+00'),
       coalesce(member_id, '00000000-0000-0000-0000-000000000000'), channel_type, count(*),
       count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2), count(*) FILTER (WHERE score = 3),
       count(*) FILTER (WHERE score = 4), count(*) FILTER (WHERE score = 5)
  FROM surveys WHERE status IN ('asked', 'answered') GROUP BY 1, 2, 3, 4;
ALTER TABLE surveys FORCE ROW LEVEL SECURITY;
