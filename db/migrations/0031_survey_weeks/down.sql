-- What was counted follows from the surveys.
DROP TRIGGER IF EXISTS a_weeks_follow ON surveys;
DROP FUNCTION IF EXISTS public.survey_weeks_follow();
DROP TABLE "survey_weeks";
