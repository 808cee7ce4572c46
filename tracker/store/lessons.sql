-- Schema 3. Released steps are never edited.
-- At which question of which evaluation an agreement was made.
ALTER TABLE agreement ADD COLUMN quarter TEXT
    CHECK (quarter IS date(quarter, '+0 days') AND quarter BETWEEN '2000-01-01' AND '2099-12-31');
ALTER TABLE agreement ADD COLUMN topic TEXT NOT NULL DEFAULT '' CHECK (length(topic) <= 60);

CREATE TABLE goal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    measure TEXT NOT NULL CHECK (length(measure) BETWEEN 1 AND 60),
    target REAL NOT NULL CHECK (target BETWEEN 0 AND 1000),
    due_on TEXT NOT NULL
        CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '2000-01-01' AND '2099-12-31'),
    made_on TEXT
        CHECK (made_on IS date(made_on, '+0 days') AND made_on BETWEEN '2000-01-01' AND '2099-12-31'),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;

CREATE TABLE glossary_word (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    meaning TEXT NOT NULL CHECK (length(meaning) <= 500),
    shown_at TEXT NOT NULL CHECK (length(shown_at) <= 60),
    clash INTEGER NOT NULL CHECK (clash IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX glossary_word_name ON glossary_word (name COLLATE NOCASE) WHERE withdrawn = 0;

CREATE TABLE domain_meaning (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    word_id INTEGER NOT NULL REFERENCES glossary_word (id),
    domain TEXT NOT NULL REFERENCES domain (code),
    meaning TEXT NOT NULL CHECK (length(meaning) BETWEEN 1 AND 500),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX domain_meaning_of_word ON domain_meaning (word_id, domain) WHERE withdrawn = 0;

CREATE TABLE planned_share (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    phase TEXT NOT NULL REFERENCES phase (code),
    domain TEXT NOT NULL REFERENCES domain (code),
    share TEXT NOT NULL CHECK (share IN ('lead', 'support', 'none')),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX planned_share_of_phase ON planned_share (phase, domain) WHERE withdrawn = 0;

CREATE TABLE review_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quarter TEXT NOT NULL
        CHECK (quarter IS date(quarter, '+0 days') AND quarter BETWEEN '2000-01-01' AND '2099-12-31'),
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 60),
    note TEXT NOT NULL CHECK (length(note) BETWEEN 1 AND 2000),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX review_note_of_topic ON review_note (quarter, topic) WHERE withdrawn = 0;

CREATE TABLE quarter_review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quarter TEXT NOT NULL
        CHECK (quarter IS date(quarter, '+0 days') AND quarter BETWEEN '2000-01-01' AND '2099-12-31'),
    held_on TEXT NOT NULL
        CHECK (held_on IS date(held_on, '+0 days') AND held_on BETWEEN '2000-01-01' AND '2099-12-31'),
    digest TEXT NOT NULL CHECK (length(digest) <= 64),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX quarter_review_of_quarter ON quarter_review (quarter) WHERE withdrawn = 0;

-- The facts of a closed evaluation as they stood that evening; `digest` is the hash of `content`.
CREATE TABLE frozen_facts (
    digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    quarter TEXT NOT NULL
        CHECK (quarter IS date(quarter, '+0 days') AND quarter BETWEEN '2000-01-01' AND '2099-12-31'),
    opened_on TEXT NOT NULL
        CHECK (opened_on IS date(opened_on, '+0 days') AND opened_on BETWEEN '2000-01-01' AND '2099-12-31'),
    closed_on TEXT
        CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '2000-01-01' AND '2099-12-31'),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX scan_of_quarter ON scan (quarter) WHERE withdrawn = 0;

-- A code is a ticket for one reply; only its hash is here, and it goes when it is used. A reply has a random
-- name, no time and no entry in the history: nothing ties it to a code or to anybody.
CREATE TABLE scan_code (
    hash TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
    scan_id INTEGER NOT NULL REFERENCES scan (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE scan_reply (
    reply TEXT NOT NULL CHECK (length(reply) = 32),
    scan_id INTEGER NOT NULL REFERENCES scan (id),
    statement TEXT NOT NULL CHECK (length(statement) BETWEEN 1 AND 60),
    points INTEGER NOT NULL CHECK (points BETWEEN 1 AND 5),
    PRIMARY KEY (reply, statement)
) STRICT, WITHOUT ROWID;
