CREATE TABLE "ticket_bulk_changes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"filter" jsonb NOT NULL,
	"change" jsonb NOT NULL,
	"undoes" uuid,
	"status" text DEFAULT 'running' NOT NULL,
	"total" integer NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"cursor" uuid,
	"last_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"stepped_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"undo_until" timestamp (3) with time zone,
	CONSTRAINT "ticket_bulk_changes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "ticket_bulk_changes_status" CHECK (status in ('running', 'done', 'cancelled'))
);

CREATE TABLE "ticket_bulk_items" (
	"tenant_id" uuid NOT NULL,
	"bulk_change_id" uuid NOT NULL,
	"ticket_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	CONSTRAINT "ticket_bulk_items_tenant_id_bulk_change_id_ticket_id_pk" PRIMARY KEY("tenant_id","bulk_change_id","ticket_id")
);

ALTER TABLE "ticket_bulk_changes" ADD CONSTRAINT "ticket_bulk_changes_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "ticket_bulk_items" ADD CONSTRAINT "ticket_bulk_items_change" FOREIGN KEY ("tenant_id","bulk_change_id") REFERENCES "public"."ticket_bulk_changes"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
CREATE UNIQUE INDEX "ticket_bulk_changes_running" ON "ticket_bulk_changes" USING btree ("tenant_id","requested_by") WHERE status = 'running';
CREATE UNIQUE INDEX "ticket_bulk_changes_undoes" ON "ticket_bulk_changes" USING btree ("tenant_id","undoes") WHERE undoes is not null;
CREATE INDEX "ticket_bulk_changes_member" ON "ticket_bulk_changes" USING btree ("tenant_id","requested_by","id");
CREATE INDEX "ticket_bulk_changes_undo_until" ON "ticket_bulk_changes" USING btree ("tenant_id","undo_until") WHERE undo_until is not null;

-- The columns that a member sees in the queue, in their order; null: the usual ones.
ALTER TABLE "user_profiles" ADD COLUMN "ticket_columns" text[];

-- Open tickets in each order that the queue can be sorted by: what is done is most of them and in no queue.
CREATE INDEX "tickets_queue_created" ON "tickets" USING btree ("tenant_id","created_at" DESC,"id" DESC) WHERE status in ('open', 'in_progress', 'waiting_customer');
CREATE INDEX "tickets_queue_number" ON "tickets" USING btree ("tenant_id","number" DESC,"id" DESC) WHERE status in ('open', 'in_progress', 'waiting_customer');
CREATE INDEX "tickets_queue_rank" ON "tickets" USING btree ("tenant_id","priority_rank" DESC,"id" DESC) WHERE status in ('open', 'in_progress', 'waiting_customer');
