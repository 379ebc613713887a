-- Links to members' calendars stop working, and what was read of calendars elsewhere is forgotten.
DROP TABLE "busy_blocks";
DROP TABLE "busy_calendars";
DROP TABLE "calendar_feeds";
