CREATE TABLE "ticket_categories" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_categories_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ticket_categories_name" UNIQUE("tenant_id","name")
);

CREATE TABLE "ticket_fields" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"choices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_fields_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ticket_fields_name" UNIQUE("tenant_id","name"),
	CONSTRAINT "ticket_fields_type" CHECK (type in ('text', 'number', 'date', 'choice', 'yes_no'))
);

CREATE TABLE "ticket_templates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category_id" uuid,
	"priority" text DEFAULT 'medium' NOT NULL,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_templates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ticket_templates_name" UNIQUE("tenant_id","name"),
	CONSTRAINT "ticket_templates_priority" CHECK (priority in ('low', 'medium', 'high', 'urgent'))
);

CREATE TABLE "macros" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"actions" jsonb NOT NULL,
	"usage_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "macros_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "macros_name" UNIQUE("tenant_id","name")
);

CREATE TABLE "ticket_watchers" (
	"tenant_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"via_ticket_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ticket_watchers_tenant_id_ticket_id_user_id_pk" PRIMARY KEY("tenant_id","ticket_id","user_id")
);

ALTER TABLE "tickets" ADD COLUMN "category_id" uuid;
ALTER TABLE "tickets" ADD COLUMN "fields" jsonb DEFAULT '{}'::jsonb NOT NULL;
ALTER TABLE "tickets" ADD COLUMN "parent_id" uuid;
ALTER TABLE "tickets" ADD COLUMN "merged_into_id" uuid;
ALTER TABLE "tickets" ADD COLUMN "merged_state" jsonb;
ALTER TABLE "tickets" ADD COLUMN "split_from_id" uuid;
ALTER TABLE "attachments" ADD COLUMN "ticket_event_id" uuid;

-- While the list is empty: a constraint is checked with row-level security forced, and would find no business.
ALTER TABLE "ticket_categories" ADD CONSTRAINT "ticket_categories_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;

-- The words that tickets were given become each business's list, the most used first. Row-level security is
-- forced on the owner too: it is lifted while every business's rows are read.
ALTER TABLE "tickets" NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER;
INSERT INTO "ticket_categories" ("tenant_id", "id", "name", "position")
SELECT tenant_id, gen_random_uuid(), name, row_number() OVER (PARTITION BY tenant_id ORDER BY used DESC, name) - 1
  FROM (SELECT tenant_id, btrim(category) AS name, count(*) AS used FROM "tickets"
         WHERE btrim(category) <> '' GROUP BY tenant_id, btrim(category)) words;
UPDATE "tickets" SET "category_id" = kept.id FROM "ticket_categories" kept
 WHERE kept.tenant_id = "tickets".tenant_id AND kept.name = btrim("tickets".category);
ALTER TABLE "tickets" FORCE ROW LEVEL SECURITY, ENABLE TRIGGER USER;
ALTER TABLE "tickets" DROP COLUMN "category";

ALTER TABLE "ticket_fields" ADD CONSTRAINT "ticket_fields_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ticket_templates" ADD CONSTRAINT "ticket_templates_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "macros" ADD CONSTRAINT "macros_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ticket_watchers" ADD CONSTRAINT "ticket_watchers_ticket_fk" FOREIGN KEY ("tenant_id","ticket_id") REFERENCES "public"."tickets"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ticket_watchers" ADD CONSTRAINT "ticket_watchers_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_ticket_event_fk" FOREIGN KEY ("tenant_id","ticket_event_id") REFERENCES "public"."ticket_events"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ticket_templates"
  ADD CONSTRAINT ticket_templates_category_fk FOREIGN KEY (tenant_id, category_id)
    REFERENCES ticket_categories (tenant_id, id) ON DELETE SET NULL (category_id);
ALTER TABLE "tickets"
  ADD CONSTRAINT tickets_category_fk FOREIGN KEY (tenant_id, category_id)
    REFERENCES ticket_categories (tenant_id, id) ON DELETE SET NULL (category_id),
  ADD CONSTRAINT tickets_parent_fk FOREIGN KEY (tenant_id, parent_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (parent_id),
  ADD CONSTRAINT tickets_merged_fk FOREIGN KEY (tenant_id, merged_into_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (merged_into_id),
  ADD CONSTRAINT tickets_split_fk FOREIGN KEY (tenant_id, split_from_id)
    REFERENCES tickets (tenant_id, id) ON DELETE SET NULL (split_from_id);

CREATE INDEX "ticket_watchers_member" ON "ticket_watchers" USING btree ("tenant_id","user_id","ticket_id");
CREATE INDEX "tickets_category" ON "tickets" USING btree ("tenant_id","category_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE category_id is not null;
CREATE INDEX "tickets_parent" ON "tickets" USING btree ("tenant_id","parent_id","id") WHERE parent_id is not null;
CREATE INDEX "tickets_merged" ON "tickets" USING btree ("tenant_id","merged_into_id","id") WHERE merged_into_id is not null;
CREATE INDEX "tickets_split" ON "tickets" USING btree ("tenant_id","split_from_id","id") WHERE split_from_id is not null;
CREATE INDEX "attachments_ticket_event" ON "attachments" USING btree ("tenant_id","ticket_event_id","position") WHERE ticket_event_id is not null;
DROP INDEX "attachments_unused";
CREATE INDEX "attachments_unused" ON "attachments" USING btree ("tenant_id","id") WHERE message_id is null and call_id is null and ticket_event_id is null;
