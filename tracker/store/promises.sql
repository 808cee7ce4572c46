-- Schema 2. Released steps are never edited.
CREATE TABLE role (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
    nl TEXT NOT NULL CHECK (length(nl) BETWEEN 1 AND 200),
    en TEXT NOT NULL CHECK (length(en) BETWEEN 1 AND 200),
    definition_nl TEXT NOT NULL CHECK (length(definition_nl) <= 200),
    definition_en TEXT NOT NULL CHECK (length(definition_en) <= 200),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Who owns an arrangement, who belongs to it, what it is for and which incident it came from.
ALTER TABLE arrangement ADD COLUMN owner_id INTEGER REFERENCES partner (id);
ALTER TABLE arrangement ADD COLUMN owner_role TEXT REFERENCES role (code);
ALTER TABLE arrangement ADD COLUMN second_owner_id INTEGER REFERENCES partner (id);
ALTER TABLE arrangement ADD COLUMN second_owner_role TEXT REFERENCES role (code);
ALTER TABLE arrangement ADD COLUMN phase TEXT REFERENCES phase (code);
ALTER TABLE arrangement ADD COLUMN goal TEXT NOT NULL DEFAULT '' CHECK (length(goal) <= 500);
ALTER TABLE arrangement ADD COLUMN incident_id INTEGER REFERENCES incident (id);
ALTER TABLE activity ADD COLUMN lead_id INTEGER REFERENCES partner (id);

CREATE TABLE arrangement_partner (
    arrangement_id INTEGER NOT NULL REFERENCES arrangement (id),
    partner_id INTEGER NOT NULL REFERENCES partner (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (arrangement_id, partner_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    owner_id INTEGER NOT NULL REFERENCES partner (id),
    due_on TEXT NOT NULL
        CHECK (due_on IS date(due_on, '+0 days') AND due_on BETWEEN '2000-01-01' AND '2099-12-31'),
    owner_role TEXT REFERENCES role (code),
    made_on TEXT
        CHECK (made_on IS date(made_on, '+0 days') AND made_on BETWEEN '2000-01-01' AND '2099-12-31'),
    origin TEXT NOT NULL CHECK (origin IN ('incident', 'meeting', 'review')),
    incident_id INTEGER REFERENCES incident (id),
    arrangement_id INTEGER REFERENCES arrangement (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'wont_do')),
    closed_on TEXT
        CHECK (closed_on IS date(closed_on, '+0 days') AND closed_on BETWEEN '2000-01-01' AND '2099-12-31'),
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq),
    CHECK ((state = 'open') = (closed_on IS NULL))
) STRICT;
CREATE INDEX agreement_by_day ON agreement (withdrawn, due_on);

-- Does what came out of an incident still live, so many days later? Each is asked once.
CREATE TABLE check_back (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    after_days INTEGER NOT NULL CHECK (after_days BETWEEN 1 AND 366),
    answered_on TEXT NOT NULL
        CHECK (answered_on IS date(answered_on, '+0 days') AND answered_on BETWEEN '2000-01-01' AND '2099-12-31'),
    answer TEXT NOT NULL CHECK (answer IN ('lives', 'changed', 'stopped', 'nothing_left')),
    arrangement_id INTEGER REFERENCES arrangement (id),
    agreement_id INTEGER REFERENCES agreement (id),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq),
    CHECK (arrangement_id IS NULL OR agreement_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX check_back_answer
    ON check_back (incident_id, after_days, ifnull(arrangement_id, 0), ifnull(agreement_id, 0)) WHERE withdrawn = 0;

CREATE TABLE framing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    domain TEXT NOT NULL REFERENCES domain (code),
    wording TEXT NOT NULL CHECK (length(wording) <= 140),
    urgency INTEGER CHECK (urgency BETWEEN 1 AND 5),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX framing_of_domain ON framing (incident_id, domain) WHERE withdrawn = 0;

CREATE TABLE incident_review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id INTEGER NOT NULL REFERENCES incident (id),
    held_on TEXT NOT NULL
        CHECK (held_on IS date(held_on, '+0 days') AND held_on BETWEEN '2000-01-01' AND '2099-12-31'),
    context TEXT NOT NULL CHECK (length(context) <= 1000),
    response TEXT NOT NULL CHECK (length(response) <= 1000),
    result TEXT NOT NULL CHECK (length(result) <= 1000),
    next_time TEXT NOT NULL CHECK (length(next_time) <= 1000),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX incident_review_of_incident ON incident_review (incident_id) WHERE withdrawn = 0;

-- What the columns of earlier files were taken for: a convenience for the next import, no content.
CREATE TABLE column_choice (
    heading TEXT NOT NULL PRIMARY KEY CHECK (length(heading) BETWEEN 1 AND 200),
    field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 60)
) STRICT, WITHOUT ROWID;

-- What was counted elsewhere, one value a series and day; it enters no figure about cooperation.
CREATE TABLE series_point (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_on TEXT NOT NULL
        CHECK (happened_on IS date(happened_on, '+0 days') AND happened_on BETWEEN '2000-01-01' AND '2099-12-31'),
    series TEXT NOT NULL CHECK (length(series) BETWEEN 1 AND 200),
    value REAL NOT NULL CHECK (value BETWEEN 0 AND 1000000000),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    added_seq INTEGER NOT NULL REFERENCES history (seq)
) STRICT;
CREATE UNIQUE INDEX series_point_of_day ON series_point (happened_on, series COLLATE NOCASE) WHERE withdrawn = 0;
