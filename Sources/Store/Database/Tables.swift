import GRDB

/// Tables and views of a store, edition by edition. What is written here once is never changed: a later edition adds to it.
enum Tables {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: first)
            try database.execute(sql: firstViews)
        }
        return migrator
    }

    private static let first = """
        CREATE TABLE run (
          id INTEGER PRIMARY KEY, command TEXT NOT NULL, root TEXT, started TEXT NOT NULL, finished TEXT,
          tool TEXT NOT NULL, rules TEXT NOT NULL, reading TEXT NOT NULL,
          read INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
          gone INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE release (
          id INTEGER PRIMARY KEY, location TEXT NOT NULL UNIQUE, name TEXT NOT NULL, organisation TEXT, kind TEXT,
          revision TEXT, subject TEXT NOT NULL, level TEXT NOT NULL, rank INTEGER, at_most TEXT,
          confidence TEXT NOT NULL, licence_class TEXT NOT NULL, open_source TEXT NOT NULL, sentence TEXT NOT NULL,
          files INTEGER NOT NULL, bytes INTEGER NOT NULL, unseen_bytes INTEGER, parameters INTEGER, architecture TEXT,
          quantization TEXT, gate TEXT, formats TEXT, modified TEXT, error_code TEXT, error TEXT,
          seconds REAL, first_run INTEGER NOT NULL REFERENCES run(id), read_run INTEGER NOT NULL REFERENCES run(id),
          judged_run INTEGER NOT NULL REFERENCES run(id), gone_run INTEGER REFERENCES run(id),
          signature BLOB, reading TEXT, digest BLOB NOT NULL);
        CREATE TABLE fact (release INTEGER PRIMARY KEY REFERENCES release(id) ON DELETE CASCADE, bytes BLOB NOT NULL);
        CREATE TABLE content (
          id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
        CREATE TABLE holding (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE,
          content INTEGER NOT NULL REFERENCES content(id), PRIMARY KEY (release, content)) WITHOUT ROWID;
        CREATE INDEX holding_content ON holding(content);
        CREATE TABLE file (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, path TEXT NOT NULL,
          size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, device INTEGER NOT NULL,
          inode INTEGER NOT NULL, content INTEGER REFERENCES content(id),
          PRIMARY KEY (release, path)) WITHOUT ROWID;
        CREATE INDEX file_inode ON file(inode);
        CREATE INDEX file_content ON file(content) WHERE content IS NOT NULL;
        CREATE TABLE component (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, id TEXT NOT NULL, status TEXT NOT NULL,
          confidence TEXT NOT NULL, licences TEXT, PRIMARY KEY (release, id)) WITHOUT ROWID;
        CREATE TABLE term (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, part TEXT NOT NULL, expression TEXT,
          basis TEXT NOT NULL, category TEXT, osd TEXT, is_open INTEGER NOT NULL, place TEXT,
          PRIMARY KEY (release, part)) WITHOUT ROWID;
        CREATE TABLE licence (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, number INTEGER NOT NULL,
          id TEXT NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
          first_line INTEGER, last_line INTEGER, coverage REAL NOT NULL, is_modified INTEGER NOT NULL,
          is_osi_approved INTEGER NOT NULL, PRIMARY KEY (release, number)) WITHOUT ROWID;
        CREATE TABLE clause (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, number INTEGER NOT NULL,
          id TEXT NOT NULL, licence TEXT NOT NULL, status TEXT NOT NULL, path TEXT NOT NULL, first_line INTEGER,
          last_line INTEGER, parameters TEXT, PRIMARY KEY (release, number)) WITHOUT ROWID;
        CREATE TABLE use_answer (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, id TEXT NOT NULL, part TEXT NOT NULL,
          answer TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (release, id, part)) WITHOUT ROWID;
        CREATE TABLE flag (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, id TEXT NOT NULL, severity TEXT NOT NULL,
          title TEXT NOT NULL, reason TEXT, place TEXT, PRIMARY KEY (release, id)) WITHOUT ROWID;
        CREATE TABLE artefact (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, number INTEGER NOT NULL,
          path TEXT NOT NULL, component TEXT, format TEXT NOT NULL, status TEXT NOT NULL, tensors INTEGER,
          parameters INTEGER, size INTEGER, findings TEXT, PRIMARY KEY (release, number)) WITHOUT ROWID;
        CREATE TABLE claim (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, number INTEGER NOT NULL,
          category TEXT NOT NULL, subject TEXT NOT NULL, polarity TEXT NOT NULL, path TEXT NOT NULL, line INTEGER,
          quote TEXT, PRIMARY KEY (release, number)) WITHOUT ROWID;
        CREATE TABLE base (
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, number INTEGER NOT NULL,
          name TEXT NOT NULL, relation TEXT NOT NULL, licence TEXT, PRIMARY KEY (release, number)) WITHOUT ROWID;
        CREATE TABLE change (
          id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id),
          release INTEGER NOT NULL REFERENCES release(id) ON DELETE CASCADE, what TEXT NOT NULL, subject TEXT,
          before TEXT, after TEXT);
        CREATE INDEX change_run ON change(run);
        CREATE INDEX change_release ON change(release);
        """

    private static let firstViews = """
        CREATE VIEW releases AS
          SELECT r.id, r.location, r.name, r.organisation, r.kind, r.revision, r.subject, r.level, r.rank, r.at_most,
            r.confidence, r.licence_class, r.open_source, r.sentence, w.expression AS weights_licence,
            w.basis AS weights_basis, w.category AS weights_category, w.is_open AS weights_open, r.files, r.bytes,
            r.unseen_bytes, r.parameters, r.architecture, r.quantization, r.gate, r.formats, r.modified, r.error_code,
            r.error, (SELECT group_concat(id, ',') FROM flag WHERE release = r.id) AS flags, r.gone_run IS NOT NULL AS is_gone
          FROM release r LEFT JOIN term w ON w.release = r.id AND w.part = 'weights';
        CREATE VIEW flags AS
          SELECT r.name, r.location, f.id AS flag, f.severity, f.title, f.reason, f.place, r.level
          FROM flag f JOIN release r ON r.id = f.release WHERE r.gone_run IS NULL;
        CREATE VIEW terms_by_part AS
          SELECT r.name, r.location, t.part, t.expression, t.basis, t.category, t.osd, t.is_open, t.place
          FROM term t JOIN release r ON r.id = t.release WHERE r.gone_run IS NULL;
        CREATE VIEW use_answers AS
          SELECT r.name, r.location, u.id AS "use", u.part, u.answer, u.reason
          FROM use_answer u JOIN release r ON r.id = u.release WHERE r.gone_run IS NULL;
        CREATE VIEW changes AS
          SELECT c.id, c.run, n.started AS at, r.name, r.location, c.what, c.subject, c.before, c.after
          FROM change c JOIN release r ON r.id = c.release JOIN run n ON n.id = c.run;
        """
}
