CREATE TABLE "teams" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"assignment" text DEFAULT 'by_hand' NOT NULL,
	"gives_offline" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "teams_name" UNIQUE("tenant_id","name"),
	CONSTRAINT "teams_assignment" CHECK (assignment in ('by_hand', 'round_robin', 'least_loaded'))
);

CREATE TABLE "team_members" (
	"tenant_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_members_tenant_id_team_id_user_id_pk" PRIMARY KEY("tenant_id","team_id","user_id")
);

-- After a crash nobody is connected, and nobody needs to have been.
CREATE UNLOGGED TABLE "member_connections" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"process_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_connections_tenant_id_user_id_process_id_pk" PRIMARY KEY("tenant_id","user_id","process_id")
);

ALTER TABLE "tenants" ADD COLUMN "only_assignee_sends" boolean DEFAULT false NOT NULL;

ALTER TABLE "memberships" ADD COLUMN "capacity" integer;
ALTER TABLE "memberships" ADD COLUMN "away" boolean DEFAULT false NOT NULL;
ALTER TABLE "memberships" ADD COLUMN "absent_from" timestamp (3) with time zone;
ALTER TABLE "memberships" ADD COLUMN "absent_until" timestamp (3) with time zone;
ALTER TABLE "memberships" ADD COLUMN "substitute_id" uuid;
ALTER TABLE "memberships" ADD COLUMN "last_given_at" timestamp (3) with time zone;
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_capacity" CHECK (capacity >= 0);
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_absence" CHECK ((absent_from is null) = (absent_until is null) and absent_from < absent_until);
ALTER TABLE "memberships"
  ADD CONSTRAINT memberships_substitute_fk FOREIGN KEY (tenant_id, substitute_id)
    REFERENCES memberships (tenant_id, user_id) ON DELETE SET NULL (substitute_id);

ALTER TABLE "channel_configurations" ADD COLUMN "default_team_id" uuid;
ALTER TABLE "channel_configurations" ADD COLUMN "assignment" text DEFAULT 'as_team' NOT NULL;
-- Row-level security is forced on the owner too: it is lifted while every business's channels are changed.
ALTER TABLE "channel_configurations" NO FORCE ROW LEVEL SECURITY;
UPDATE "channel_configurations" SET "assignment" = 'member' WHERE "default_assignee_id" IS NOT NULL;
ALTER TABLE "channel_configurations" FORCE ROW LEVEL SECURITY;
ALTER TABLE "channel_configurations" ADD CONSTRAINT "channel_configurations_assignment" CHECK (assignment in ('as_team', 'by_hand', 'member', 'round_robin', 'least_loaded'));
ALTER TABLE "channel_configurations" ADD CONSTRAINT "channel_configurations_assignment_of" CHECK ((assignment <> 'member' or default_assignee_id is not null) and (assignment not in ('round_robin', 'least_loaded') or default_team_id is not null));

ALTER TABLE "conversations" ADD COLUMN "team_id" uuid;
ALTER TABLE "conversations" ADD COLUMN "seeking_since" timestamp (3) with time zone;
ALTER TABLE "tickets" ADD COLUMN "team_id" uuid;
ALTER TABLE "tickets" ADD COLUMN "seeking_since" timestamp (3) with time zone;

ALTER TABLE "teams" ADD CONSTRAINT "teams_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team" FOREIGN KEY ("tenant_id","team_id") REFERENCES "public"."teams"("tenant_id","id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_member_fk" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "member_connections" ADD CONSTRAINT "member_connections_member" FOREIGN KEY ("tenant_id","user_id") REFERENCES "public"."memberships"("tenant_id","user_id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "channel_configurations"
  ADD CONSTRAINT channel_configurations_team_fk FOREIGN KEY (tenant_id, default_team_id)
    REFERENCES teams (tenant_id, id) ON DELETE SET NULL (default_team_id);
ALTER TABLE "conversations"
  ADD CONSTRAINT conversations_team_fk FOREIGN KEY (tenant_id, team_id)
    REFERENCES teams (tenant_id, id) ON DELETE SET NULL (team_id);
ALTER TABLE "tickets"
  ADD CONSTRAINT tickets_team_fk FOREIGN KEY (tenant_id, team_id)
    REFERENCES teams (tenant_id, id) ON DELETE SET NULL (team_id);

CREATE INDEX "team_members_member" ON "team_members" USING btree ("tenant_id","user_id");
CREATE INDEX "conversations_team" ON "conversations" USING btree ("tenant_id","team_id","status","last_message_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE team_id is not null;
CREATE INDEX "conversations_seeking" ON "conversations" USING btree ("tenant_id","seeking_since","id") WHERE seeking_since is not null;
CREATE INDEX "tickets_queue_team" ON "tickets" USING btree ("tenant_id","team_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status in ('open', 'in_progress', 'waiting_customer') and team_id is not null;
CREATE INDEX "tickets_team" ON "tickets" USING btree ("tenant_id","team_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE team_id is not null;
CREATE INDEX "tickets_seeking" ON "tickets" USING btree ("tenant_id","seeking_since","id") WHERE seeking_since is not null;
