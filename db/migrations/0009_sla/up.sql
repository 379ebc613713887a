-- When the business is open, by the wall clock of its zone; null: every hour counts.
ALTER TABLE "tenants" ADD COLUMN "business_hours" jsonb;

CREATE TABLE "holidays" (
	"tenant_id" uuid NOT NULL,
	"day" date NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "holidays_tenant_id_day_pk" PRIMARY KEY("tenant_id","day")
);

CREATE TABLE "sla_policies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"priorities" text[] DEFAULT '{}' NOT NULL,
	"channels" text[] DEFAULT '{}' NOT NULL,
	"first_response_minutes" integer,
	"next_response_minutes" integer,
	"resolution_minutes" integer,
	"warn_minutes" integer DEFAULT 30 NOT NULL,
	"escalate_priority" text,
	"escalate_assignee_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sla_policies_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sla_policies_escalate_priority" CHECK (escalate_priority in ('low', 'medium', 'high', 'urgent'))
);

ALTER TABLE "holidays" ADD CONSTRAINT "holidays_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "sla_policies_default" ON "sla_policies" USING btree ("tenant_id") WHERE priorities = '{}' and channels = '{}';

ALTER TABLE "tickets" ADD COLUMN "sla_policy_id" uuid;
ALTER TABLE "tickets" ADD COLUMN "sla_clocks" jsonb;
ALTER TABLE "tickets" ADD COLUMN "first_response_due_at" timestamp (3) with time zone;
ALTER TABLE "tickets" ADD COLUMN "next_response_due_at" timestamp (3) with time zone;
ALTER TABLE "tickets" ADD COLUMN "resolution_due_at" timestamp (3) with time zone;
-- The nearest deadline that runs; far away where none does, so that a page can begin anywhere in the order.
ALTER TABLE "tickets" ADD COLUMN "sla_sort_at" timestamp (3) with time zone GENERATED ALWAYS AS (coalesce(least(first_response_due_at, next_response_due_at, resolution_due_at), timestamptz '9999-12-31 00:00:00+00')) STORED NOT NULL;
ALTER TABLE "tickets" ADD COLUMN "sla_watch_at" timestamp (3) with time zone;
CREATE INDEX "tickets_deadline" ON "tickets" USING btree ("tenant_id","sla_sort_at" DESC,"id" DESC);
CREATE INDEX "tickets_queue_deadline" ON "tickets" USING btree ("tenant_id","sla_sort_at" DESC,"id" DESC) WHERE status in ('open', 'in_progress', 'waiting_customer');
-- Read across tenants by the door `due`.
CREATE INDEX "tickets_sla_watch" ON "tickets" USING btree ("tenant_id","sla_watch_at") WHERE sla_watch_at is not null;
