-- Schema 1. Released steps are never edited.
-- A day is a real one from 2000 to 2099: SQLite's date() lets 30 February pass unless it must add to it,
-- and one year 9999 would make a chart of half a million weeks.

CREATE TABLE about (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    municipality TEXT NOT NULL CHECK (length(municipality) <= 200),
    example INTEGER NOT NULL CHECK (example IN (0, 1)),
    identity TEXT NOT NULL CHECK (length(identity) = 32)
) STRICT;

-- Moved by a trigger on every table that holds content.
CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL) STRICT;
INSERT INTO revision (id, n) VALUES (1, 0);

-- One entry a change; a batch has one a kind of record, with their number and a hash of their content.
-- `before` and `after` are the record or term as JSON, `request` makes a repeated click harmless,
-- `chain` is a hash of the entry and of all entries before it.
CREATE TABLE history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
    actor TEXT NOT NULL CHECK (actor <> ''),
    action TEXT NOT NULL
        CHECK (action IN ('add', 'correct', 'withdraw', 'restore', 'archive', 'unarchive', 'delete')),
    record_type TEXT NOT NULL,
    record_id INTEGER,
    code TEXT,
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    before TEXT,
    after TEXT,
    batch TEXT NOT NULL,
    request TEXT NOT NULL,
    added INTEGER NOT NULL CHECK (added >= 0),
    content_hash TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;
CREATE INDEX history_of_record ON history (record_type, record_id);
CREATE UNIQUE INDEX history_of_request ON history (request) WHERE request <> '';

-- The word lists of the municipality, one table each, so that a foreign key can guard every code.
CREATE TABLE domain (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE mode (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE phase (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE scale (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE phenomenon (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE severity (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_kind (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_kind (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    joint INTEGER NOT NULL CHECK (joint IN (0, 1)),
    mode TEXT REFERENCES mode (code)
) STRICT, WITHOUT ROWID;

CREATE TABLE arrangement_kind (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    cadence_weeks INTEGER CHECK (cadence_weeks BETWEEN 1 AND 520),
    grace_weeks INTEGER CHECK (grace_weeks BETWEEN 0 AND 52)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_kind (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
    domain TEXT NOT NULL REFERENCES domain (code)
) STRICT, WITHOUT ROWID;

-- Records. `version` counts changes from 1; `added_seq` is the entry of the history that added it.
CREATE TABLE partner (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    domain TEXT NOT NULL REFERENCES domain (code),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX partner_name ON partner (name COLLATE NOCASE) WHERE withdrawn = 0;

CREATE TABLE arrangement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind TEXT NOT NULL REFERENCES arrangement_kind (code),
    cadence TEXT NOT NULL CHECK (length(cadence) <= 500),
    grace_weeks INTEGER NOT NULL CHECK (grace_weeks BETWEEN 0 AND 52),
    started_on TEXT
        CHECK (started_on IS date(started_on, '+0 days') AND started_on BETWEEN '2000-01-01' AND '2099-12-31'),
    ended_on TEXT
        CHECK (ended_on IS date(ended_on, '+0 days') AND ended_on BETWEEN '2000-01-01' AND '2099-12-31'),
    end_reason TEXT NOT NULL CHECK (end_reason IN ('', 'secured', 'handed_over', 'no_longer_needed')),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX arrangement_name ON arrangement (name COLLATE NOCASE) WHERE withdrawn = 0;

CREATE TABLE incident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_on TEXT NOT NULL
        CHECK (happened_on IS date(happened_on, '+0 days') AND happened_on BETWEEN '2000-01-01' AND '2099-12-31'),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 5),
    kind TEXT NOT NULL REFERENCES incident_kind (code),
    place TEXT NOT NULL CHECK (length(place) <= 200),
    scale TEXT NOT NULL REFERENCES scale (code),
    phenomenon TEXT NOT NULL REFERENCES phenomenon (code),
    averted INTEGER NOT NULL CHECK (averted IN (0, 1)),
    exercise INTEGER NOT NULL CHECK (exercise IN (0, 1)),
    lawful_protest INTEGER NOT NULL CHECK (lawful_protest IN (0, 1)),
    reached INTEGER NOT NULL CHECK (reached IN (0, 1)),
    source TEXT NOT NULL CHECK (length(source) <= 500),
    note TEXT NOT NULL CHECK (length(note) <= 2000),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE INDEX incident_by_day ON incident (withdrawn, happened_on);

CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_on TEXT NOT NULL
        CHECK (happened_on IS date(happened_on, '+0 days') AND happened_on BETWEEN '2000-01-01' AND '2099-12-31'),
    kind TEXT NOT NULL REFERENCES activity_kind (code),
    title TEXT NOT NULL CHECK (length(title) <= 200),
    arrangement_id INTEGER REFERENCES arrangement (id),
    incident_id INTEGER REFERENCES incident (id),
    partner_count INTEGER CHECK (partner_count BETWEEN 0 AND 10000),
    count INTEGER NOT NULL CHECK (count BETWEEN 0 AND 1000000),
    weight REAL CHECK (weight >= 0),
    mode TEXT REFERENCES mode (code),
    phase TEXT REFERENCES phase (code),
    note TEXT NOT NULL CHECK (length(note) <= 2000),
    partner_total INTEGER NOT NULL CHECK (partner_total >= 0),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
-- Holds all that counts a day and the newest-first list need: the table itself is not read.
CREATE INDEX activity_by_day ON activity (withdrawn, happened_on, id, kind, partner_total, count);
CREATE INDEX activity_of_arrangement ON activity (arrangement_id, withdrawn, happened_on, count)
    WHERE arrangement_id IS NOT NULL;
CREATE INDEX activity_of_incident ON activity (incident_id) WHERE incident_id IS NOT NULL;

CREATE TABLE activity_partner (
    activity_id INTEGER NOT NULL REFERENCES activity (id),
    partner_id INTEGER NOT NULL REFERENCES partner (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (activity_id, partner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_of_partner ON activity_partner (partner_id);

CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    arrangement_id INTEGER NOT NULL REFERENCES arrangement (id),
    due_on TEXT NOT NULL
        CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '2000-01-01' AND '2099-12-31'),
    state TEXT NOT NULL CHECK (state IN ('planned', 'moved', 'cancelled', 'not_held', 'recess')),
    moved_to TEXT
        CHECK (moved_to IS date(moved_to, '+0 days') AND moved_to BETWEEN '2000-01-01' AND '2099-12-31'),
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE INDEX occurrence_by_day ON occurrence (withdrawn, due_on);
CREATE INDEX occurrence_of_arrangement ON occurrence (arrangement_id);
-- A meeting that was due has one answer; another takes its place by a correction.
CREATE UNIQUE INDEX occurrence_answer ON occurrence (arrangement_id, due_on) WHERE withdrawn = 0;

CREATE TABLE silence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    first_day TEXT NOT NULL
        CHECK (first_day IS date(first_day, '+0 days') AND first_day BETWEEN '2000-01-01' AND '2099-12-31'),
    last_day TEXT NOT NULL
        CHECK (last_day IS date(last_day, '+0 days') AND last_day BETWEEN '2000-01-01' AND '2099-12-31'),
    answer TEXT NOT NULL CHECK (answer IN ('nothing_happened', 'not_logged')),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq),
    CHECK (first_day <= last_day)
) STRICT;

CREATE TABLE pause (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    arrangement_id INTEGER NOT NULL REFERENCES arrangement (id),
    first_day TEXT NOT NULL
        CHECK (first_day IS date(first_day, '+0 days') AND first_day BETWEEN '2000-01-01' AND '2099-12-31'),
    last_day TEXT NOT NULL
        CHECK (last_day IS date(last_day, '+0 days') AND last_day BETWEEN '2000-01-01' AND '2099-12-31'),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq),
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX pause_of_arrangement ON pause (arrangement_id);

CREATE TABLE recess (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    first_day TEXT NOT NULL
        CHECK (first_day IS date(first_day, '+0 days') AND first_day BETWEEN '2000-01-01' AND '2099-12-31'),
    last_day TEXT NOT NULL
        CHECK (last_day IS date(last_day, '+0 days') AND last_day BETWEEN '2000-01-01' AND '2099-12-31'),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq),
    CHECK (julianday(last_day) - julianday(first_day) BETWEEN 0 AND 99)
) STRICT;
