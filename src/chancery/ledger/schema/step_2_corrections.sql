-- Version 1 -> 2 of a ledger: tables of corrections, the mark `checked` in the lists of records, and
-- indexes without which the records of a report take seconds to be replaced.
-- Written for Chancery, 2026, Apache-2.0. A step states its own SQL and is not changed any more.

CREATE TABLE corrections (
	correction_key INTEGER NOT NULL, 
	version_key INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	record_id TEXT NOT NULL, 
	anchor JSON NOT NULL, 
	action TEXT NOT NULL, 
	field TEXT, 
	slot INTEGER, 
	meant JSON, 
	value TEXT, 
	actor JSON, 
	made_by TEXT, 
	reason TEXT, 
	made_at TEXT NOT NULL, 
	original JSON NOT NULL, 
	undone_at TEXT, 
	missed_at TEXT, 
	PRIMARY KEY (correction_key), 
	FOREIGN KEY(version_key) REFERENCES report_versions (version_key) ON DELETE CASCADE
);

CREATE INDEX corrections_in_force ON corrections (version_key, kind, record_id) WHERE undone_at IS NULL;

CREATE TABLE original_readings (
	version_key INTEGER NOT NULL, 
	records TEXT NOT NULL, 
	PRIMARY KEY (version_key), 
	FOREIGN KEY(version_key) REFERENCES report_versions (version_key) ON DELETE CASCADE
);

CREATE INDEX statements_by_passage ON statements (passage_key);

CREATE INDEX events_by_passage ON events (passage_key);

CREATE INDEX positions_by_passage ON positions (passage_key);

CREATE INDEX figures_by_passage ON figures (passage_key);

DROP VIEW statement_list;

CREATE VIEW statement_list AS
SELECT statement_key, statements.version_key, report_versions.published_day, publisher, speaker,
       substr(text, speaker_start + 1, speaker_end - speaker_start) AS speaker_words, speaker_is,
       substr(text, cue_start + 1, cue_end - cue_start) AS cue, statement_words.words AS content, kind,
       addressee,
       (SELECT group_concat(actor, ' | ')
        FROM (SELECT actor FROM statement_parties
              WHERE role = 'about' AND statement_parties.statement_key = statements.statement_key
              ORDER BY statement_parties.position)) AS about,
       said_first_day, said_last_day, negated, statements.id, title, url, is_current,
       (SELECT CASE min(action) WHEN 'accept' THEN 'accepted' WHEN 'change' THEN 'changed' END
        FROM corrections
        WHERE corrections.version_key = statements.version_key AND corrections.kind = 'statement'
              AND record_id = statements.id AND undone_at IS NULL AND missed_at IS NULL) AS checked
FROM statements JOIN report_versions USING (version_key) JOIN statement_words USING (statement_key);

DROP VIEW event_list;

CREATE VIEW event_list AS
SELECT event_key, events.version_key, report_versions.published_day, publisher, first_day, last_day, act, mode,
       status,
       (SELECT group_concat(coalesce(actor, '?'), ' | ')
        FROM (SELECT actor FROM event_parties
              WHERE role = 'actor' AND event_parties.event_key = events.event_key
              ORDER BY event_parties.position)) AS actor,
       (SELECT group_concat(coalesce(actor, '?'), ' | ')
        FROM (SELECT actor FROM event_parties
              WHERE role = 'recipient' AND event_parties.event_key = events.event_key
              ORDER BY event_parties.position)) AS recipient,
       substr(text, anchor_start + 1, anchor_end - anchor_start) AS anchor,
       substr(text, passage_start + 1, passage_end - passage_start) AS sentence,
       place_name, place_country, reported_by, plover_type, plover_quad, cameo_code, events.id, title, url,
       is_current,
       (SELECT CASE min(action) WHEN 'accept' THEN 'accepted' WHEN 'change' THEN 'changed' END
        FROM corrections
        WHERE corrections.version_key = events.version_key AND corrections.kind = 'event'
              AND record_id = events.id AND undone_at IS NULL AND missed_at IS NULL) AS checked
FROM events JOIN report_versions USING (version_key) LEFT JOIN passages USING (passage_key);

DROP VIEW position_list;

CREATE VIEW position_list AS
SELECT position_key, positions.version_key, report_versions.published_day, publisher, holder, act, toward,
       substr(text, issue_start + 1, issue_end - issue_start) AS issue,
       substr(text, condition_start + 1, condition_end - condition_start) AS condition,
       substr(text, passage_start + 1, passage_end - passage_start) AS sentence,
       positions.id, title, url, is_current,
       (SELECT CASE min(action) WHEN 'accept' THEN 'accepted' WHEN 'change' THEN 'changed' END
        FROM corrections
        WHERE corrections.version_key = positions.version_key AND corrections.kind = 'position'
              AND record_id = positions.id AND undone_at IS NULL AND missed_at IS NULL) AS checked
FROM positions JOIN report_versions USING (version_key) LEFT JOIN passages USING (passage_key);

DROP VIEW figure_list;

CREATE VIEW figure_list AS
SELECT figure_key, figures.version_key, report_versions.published_day, publisher, low, high, unit, kind,
       substr(text, span_start + 1, span_end - span_start) AS figure,
       substr(text, what_start + 1, what_end - what_start) AS what, place_name, change,
       as_of_first_day, as_of_last_day,
       substr(text, passage_start + 1, passage_end - passage_start) AS sentence,
       figures.id, title, url, is_current,
       (SELECT CASE min(action) WHEN 'accept' THEN 'accepted' WHEN 'change' THEN 'changed' END
        FROM corrections
        WHERE corrections.version_key = figures.version_key AND corrections.kind = 'figure'
              AND record_id = figures.id AND undone_at IS NULL AND missed_at IS NULL) AS checked
FROM figures JOIN report_versions USING (version_key) LEFT JOIN passages USING (passage_key);

CREATE VIEW correction_list AS
SELECT correction_key, corrections.version_key, published_day, publisher, kind, record_id, action, field, value,
       substr(text, json_extract(anchor, '$[0][0]') + 1,
              json_extract(anchor, '$[0][1]') - json_extract(anchor, '$[0][0]')) AS words,
       made_by, reason, made_at, undone_at, missed_at, title, url, is_current, original
FROM corrections JOIN report_versions USING (version_key);
