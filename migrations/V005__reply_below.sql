-- What is delivered below a reply and not remembered, such as that a budget comes to its end.
--
-- One text for H2 2.4 and PostgreSQL 18, which can be repeated. Not sealed: these are Loci's own words, nobody else's.

ALTER TABLE reply ADD COLUMN IF NOT EXISTS below VARCHAR(1000) DEFAULT '' NOT NULL;
COMMENT ON COLUMN reply.below IS 'Delivered below the text, and in no turn; mostly empty';
