CREATE TABLE "webhook_replays" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"filter" jsonb NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"total" integer NOT NULL,
	"replayed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"cursor" uuid,
	"last_id" uuid NOT NULL,
	"requested_by" uuid,
	"started_at" timestamp (3) with time zone NOT NULL,
	"stepped_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_replays_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "webhook_replays_status" CHECK (status in ('running', 'done', 'cancelled'))
);
CREATE UNIQUE INDEX "webhook_replays_running" ON "webhook_replays" USING btree ("tenant_id") WHERE status = 'running';

-- Rare rows that a filter asks for; the many others cost these indexes nothing.
CREATE INDEX "webhook_logs_reason" ON "webhook_logs" USING btree ("tenant_id","reason","id") WHERE reason is not null;
CREATE INDEX "webhook_logs_slow" ON "webhook_logs" USING btree ("tenant_id","id") WHERE processing_time_ms >= 1000;
CREATE INDEX "webhook_logs_tried_again" ON "webhook_logs" USING btree ("tenant_id","id") WHERE attempts > 1;

CREATE TABLE "webhook_log_volumes" (
	"tenant_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"channel_id" uuid NOT NULL,
	"platform" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"speed" smallint NOT NULL,
	"events" integer NOT NULL,
	CONSTRAINT "webhook_log_volumes_pk" PRIMARY KEY("tenant_id","grain","at","channel_id","platform","kind","status","reason","speed"),
	CONSTRAINT "webhook_log_volumes_grain" CHECK (grain in ('quarter', 'day')),
	CONSTRAINT "webhook_log_volumes_status" CHECK (status in ('received', 'processed', 'duplicate', 'ignored', 'rejected', 'failed', 'retrying'))
);
CREATE TABLE "webhook_log_counts" (
	"tenant_id" uuid NOT NULL,
	"counted_until" timestamp (3) with time zone NOT NULL,
	"timezone" text NOT NULL,
	CONSTRAINT "webhook_log_counts_pk" PRIMARY KEY("tenant_id")
);
CREATE TABLE "webhook_log_recounts" (
	"tenant_id" uuid NOT NULL,
	"quarter" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_log_recounts_pk" PRIMARY KEY("tenant_id","quarter")
);
CREATE TABLE "webhook_ledger_checks" (
	"tenant_id" uuid NOT NULL,
	"day" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"unsettled" integer NOT NULL,
	"recounted" integer NOT NULL,
	"missing" integer NOT NULL,
	CONSTRAINT "webhook_ledger_checks_pk" PRIMARY KEY("tenant_id","day")
);
