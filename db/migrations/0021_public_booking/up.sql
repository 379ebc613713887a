CREATE TABLE "booking_pages" (
	"tenant_id" uuid NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"intro_fr" text DEFAULT '' NOT NULL,
	"intro_en" text DEFAULT '' NOT NULL,
	"change_notice_minutes" integer DEFAULT 1440 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "booking_pages_tenant_id_pk" PRIMARY KEY("tenant_id"),
	CONSTRAINT "booking_pages_notice" CHECK (change_notice_minutes between 0 and 43200)
);

CREATE TABLE "booking_tries" (
	"tenant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "booking_tries_tenant_id_key_window_start_pk" PRIMARY KEY("tenant_id","key","window_start")
);

ALTER TABLE "services" ADD COLUMN "online" boolean DEFAULT true NOT NULL;
ALTER TABLE "appointments" ADD COLUMN "held_by" text;
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_held_by_check" CHECK (held_by is null or status = 'held');
ALTER TABLE "booking_pages" ADD CONSTRAINT "booking_pages_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "booking_tries" ADD CONSTRAINT "booking_tries_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
