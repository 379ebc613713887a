CREATE TABLE "prospects" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"status" text DEFAULT 'new' NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"owner_id" uuid,
	"interest" text DEFAULT '' NOT NULL,
	"property_type" text DEFAULT '' NOT NULL,
	"place" text DEFAULT '' NOT NULL,
	"budget_min_cents" integer,
	"budget_max_cents" integer,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"qualification_notes" text DEFAULT '' NOT NULL,
	"given_score" smallint,
	"given_by" text,
	"score" smallint GENERATED ALWAYS AS (coalesce(given_score, (case when interest <> '' then 20 else 0 end + case when property_type <> '' then 10 else 0 end + case when place <> '' then 10 else 0 end + case when budget_min_cents is not null or budget_max_cents is not null then 25 else 0 end + case when next_follow_up_at is not null then 20 else 0 end + case when source <> 'manual' then 15 else 0 end)::smallint)) STORED NOT NULL,
	"next_follow_up_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"source" text DEFAULT 'manual' NOT NULL,
	"conversation_id" uuid,
	"call_id" uuid,
	"qualified_at" timestamp (3) with time zone,
	"converted_at" timestamp (3) with time zone,
	"conversion" jsonb,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prospects_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "prospects_status_check" CHECK (status in ('new', 'follow_up', 'qualified', 'converted', 'not_qualified', 'lost')),
	CONSTRAINT "prospects_source_check" CHECK (source in ('manual', 'conversation', 'call', 'voice_agent')),
	CONSTRAINT "prospects_budget" CHECK (budget_min_cents >= 0 and budget_max_cents >= 0 and budget_min_cents <= budget_max_cents),
	CONSTRAINT "prospects_given_score" CHECK (given_score between 0 and 100 and (given_score is null) = (given_by is null)),
	CONSTRAINT "prospects_given_by" CHECK (given_by in ('member', 'voice_agent')),
	CONSTRAINT "prospects_converted" CHECK ((status = 'converted') = (converted_at is not null))
);

CREATE TABLE "prospect_events" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"prospect_id" uuid NOT NULL,
	"type" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prospect_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);

ALTER TABLE "notification_choices" DROP CONSTRAINT "notification_choices_kind";
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_subject";
ALTER TABLE "prospect_events" ADD CONSTRAINT "prospect_events_prospect_fk" FOREIGN KEY ("tenant_id","prospect_id") REFERENCES "public"."prospects"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_customer_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_owner_fk" FOREIGN KEY ("tenant_id","owner_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "prospect_events_prospect" ON "prospect_events" USING btree ("tenant_id","prospect_id","id");
CREATE INDEX "prospects_list" ON "prospects" USING btree ("tenant_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_status" ON "prospects" USING btree ("tenant_id","status","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_owner" ON "prospects" USING btree ("tenant_id","owner_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_score" ON "prospects" USING btree ("tenant_id","score" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_customer" ON "prospects" USING btree ("tenant_id","customer_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_board" ON "prospects" USING btree ("tenant_id","status","status_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);
CREATE INDEX "prospects_follow_up" ON "prospects" USING btree ("tenant_id","next_follow_up_at","id") WHERE next_follow_up_at is not null;
CREATE INDEX "prospects_remind" ON "prospects" USING btree ("tenant_id","remind_at") WHERE remind_at is not null;
CREATE INDEX "prospects_conversation" ON "prospects" USING btree ("tenant_id","conversation_id") WHERE conversation_id is not null;
CREATE INDEX "prospects_call" ON "prospects" USING btree ("tenant_id","call_id") WHERE call_id is not null;
CREATE INDEX "call_logs_prospect" ON "call_logs" USING btree ("tenant_id","prospect_id") WHERE prospect_id is not null;
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule', 'low_score', 'follow_up_due'));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK (kind in ('mentioned', 'assigned', 'answered', 'ticket_changed', 'deadline_missed', 'rule', 'low_score', 'follow_up_due'));
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_subject" CHECK (subject in ('conversation', 'ticket', 'prospect'));
ALTER TABLE "prospects"
  ADD CONSTRAINT prospects_conversation_fk FOREIGN KEY (tenant_id, conversation_id)
    REFERENCES conversations (tenant_id, id) ON DELETE SET NULL (conversation_id),
  ADD CONSTRAINT prospects_call_fk FOREIGN KEY (tenant_id, call_id)
    REFERENCES call_logs (tenant_id, id) ON DELETE SET NULL (call_id);
ALTER TABLE "call_logs"
  ADD CONSTRAINT call_logs_prospect_fk FOREIGN KEY (tenant_id, prospect_id)
    REFERENCES prospects (tenant_id, id) ON DELETE SET NULL (prospect_id);
