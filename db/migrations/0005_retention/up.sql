-- What erased people's events and messages were known by, unreadable: a provider that tells them again is not heard.
CREATE TABLE "erased_events" (
	"tenant_id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"erased_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "erased_events_tenant_id_fingerprint_pk" PRIMARY KEY("tenant_id","fingerprint")
);
ALTER TABLE "erased_events" ADD CONSTRAINT "erased_events_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;

ALTER TABLE "customers" ADD COLUMN "erased_at" timestamp (3) with time zone;
ALTER TABLE "webhook_logs" ADD COLUMN "erased_at" timestamp (3) with time zone;
ALTER TABLE "webhook_deliveries" ADD COLUMN "erased_at" timestamp (3) with time zone;

-- Null: counted before times were summed.
ALTER TABLE "webhook_log_volumes" ADD COLUMN "total_ms" bigint;
-- The owner is under forced row-level security too: it is lifted while every tenant's counts are asked for anew.
ALTER TABLE webhook_log_volumes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_log_recounts NO FORCE ROW LEVEL SECURITY;
INSERT INTO webhook_log_recounts (tenant_id, quarter)
SELECT DISTINCT tenant_id, at FROM webhook_log_volumes WHERE grain = 'quarter' ON CONFLICT DO NOTHING;
ALTER TABLE webhook_log_volumes FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_log_recounts FORCE ROW LEVEL SECURITY;
