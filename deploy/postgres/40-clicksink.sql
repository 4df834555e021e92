-- What happened to pipelines, for operators: written in batches by every silo, read by GET /api/events. A silo needs SELECT,
-- INSERT and DELETE on it. Pipelines run without it; a silo keeps what it could not write until it can, within a bound.

CREATE TABLE IF NOT EXISTS clicksink_events
(
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Given by the writer: a batch whose answer was lost is written again, and what is there already is left out.
    event    uuid         NOT NULL UNIQUE,
    service  varchar(150) NOT NULL,
    at       timestamptz  NOT NULL,
    pipeline varchar(63)  NOT NULL,
    kind     varchar(40)  NOT NULL,
    slot     integer      NULL,
    silo     varchar(100) NULL,
    by       varchar(200) NULL,
    detail   text         NOT NULL
);

CREATE INDEX IF NOT EXISTS ix_clicksink_events_newest ON clicksink_events (service, id DESC);
CREATE INDEX IF NOT EXISTS ix_clicksink_events_pipeline ON clicksink_events (service, pipeline, id DESC);
-- For the retention.
CREATE INDEX IF NOT EXISTS ix_clicksink_events_at ON clicksink_events (at);
