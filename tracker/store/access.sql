-- Schema 4. Released steps are never edited.
-- In which role and from where an entry was made; empty for entries of earlier schemas.
ALTER TABLE history ADD COLUMN role TEXT NOT NULL DEFAULT '' CHECK (length(role) <= 60);
ALTER TABLE history ADD COLUMN origin TEXT NOT NULL DEFAULT '' CHECK (length(origin) <= 100);

-- Who may sign in as what. `roles` are codes with a space between, none for who may do nothing;
-- `set_by` says whether they follow the identity provider or were set here. A sign-in from before
-- `valid_from` no longer counts.
CREATE TABLE account (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
    roles TEXT NOT NULL CHECK (length(roles) <= 60),
    set_by TEXT NOT NULL CHECK (set_by IN ('sign_in', 'administrator')),
    valid_from TEXT NOT NULL CHECK (valid_from = '' OR valid_from GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

-- What a municipality decided, as JSON: how long texts are kept, who may read notes.
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
    value TEXT NOT NULL CHECK (length(value) <= 500)
) STRICT, WITHOUT ROWID;

-- What was refused, and what left the tool or touched the whole of it; a changed record stands in the history.
-- `object` and `detail` (JSON) hold codes, numbers and names of files, never a text of a record; `chain` is a
-- hash of the line and of all lines before it.
CREATE TABLE access_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
    actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    role TEXT NOT NULL CHECK (length(role) <= 60),
    origin TEXT NOT NULL CHECK (length(origin) <= 100),
    action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
    object TEXT NOT NULL CHECK (length(object) <= 200),
    result TEXT NOT NULL CHECK (result IN ('ok', 'denied', 'error')),
    detail TEXT NOT NULL CHECK (length(detail) <= 20000),
    chain TEXT NOT NULL
) STRICT;
CREATE INDEX access_log_by_actor ON access_log (actor, seq);
CREATE INDEX access_log_by_action ON access_log (action, at);
