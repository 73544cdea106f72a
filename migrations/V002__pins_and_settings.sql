-- What people choose for a conversation: the exchanges that are always shown, and its settings.
--
-- One text for H2 2.4 and PostgreSQL 18. H2 commits each of these statements by itself, so each can be repeated: a start that
-- is killed half-way is finished by the next one.
--
-- Neither table is sealed: pins are numbers, and settings are the choices of those who run the bot, which no erasing touches.

CREATE TABLE IF NOT EXISTS pin (
    conversation BIGINT NOT NULL REFERENCES conversation (number),
    exchange     BIGINT NOT NULL,
    PRIMARY KEY (conversation, exchange),
    CONSTRAINT pin_exchange CHECK (exchange >= 1)
);
COMMENT ON TABLE pin IS 'The exchanges that are shown however old they are; a row goes with the last living turn of its exchange';

CREATE TABLE IF NOT EXISTS setting (
    conversation BIGINT NOT NULL REFERENCES conversation (number),
    name         VARCHAR(100) NOT NULL,
    chosen       VARCHAR(2000) NOT NULL,
    PRIMARY KEY (conversation, name),
    CONSTRAINT setting_name CHECK (name <> '')
);
COMMENT ON TABLE setting IS 'What was set for a conversation; what has no row is as the configuration says';
COMMENT ON COLUMN setting.chosen IS 'The value, as its setting writes it';
