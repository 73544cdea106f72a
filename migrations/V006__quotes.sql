-- Which message a question replies to or points at, so that it is shown with the question however old it is.
--
-- One text for H2 2.4 and PostgreSQL 18, which can be repeated. Not sealed: a platform's id, like message_id, and kept as that is.

ALTER TABLE turn ADD COLUMN IF NOT EXISTS quotes VARCHAR(200);
COMMENT ON COLUMN turn.quotes IS 'The platform''s id of the message that this one quotes; null for most';
