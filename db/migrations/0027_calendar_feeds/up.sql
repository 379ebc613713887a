-- A member's appointments for their calendar program, and when they are busy by a calendar of theirs elsewhere (decision 44).
CREATE TABLE "busy_blocks" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "busy_blocks_tenant_id_user_id_ends_at_pk" PRIMARY KEY("tenant_id","user_id","ends_at"),
	CONSTRAINT "busy_blocks_order" CHECK (starts_at < ends_at)
);

CREATE TABLE "busy_calendars" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"address_sealed" text NOT NULL,
	"host" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	"failure" text,
	"failed_since" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "busy_calendars_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "busy_calendars_member" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "busy_calendars_failure" CHECK (failure in ('unreachable', 'not_found', 'refused', 'private_address', 'not_a_calendar', 'too_large')),
	CONSTRAINT "busy_calendars_failed" CHECK ((failure is null) = (failed_since is null))
);

CREATE TABLE "calendar_feeds" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"token_sealed" text NOT NULL,
	"names_customers" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_feeds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "calendar_feeds_member" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "calendar_feeds_token" UNIQUE("token_hash")
);

ALTER TABLE "busy_blocks" ADD CONSTRAINT "busy_blocks_calendar_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."busy_calendars"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "busy_calendars" ADD CONSTRAINT "busy_calendars_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
CREATE INDEX "busy_calendars_due" ON "busy_calendars" USING btree ("tenant_id","due_at");
