package io.github.reedgate.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * Looks whether the store's file is what we wrote, without writing to it. A read that the disk refuses once looks like damage,
 * to SQLite as well: only what is found twice counts. Used by the store's thread.
 */
final class Examination {

    /** How long a statement waits for others; the first setting of each connection. */
    static final String PATIENCE = "PRAGMA busy_timeout=2000";

    /** A file up to this size is always looked through when it is opened; a larger one only if it was not closed. */
    private static final long SMALL_BYTES = 8L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

    private final StoreFile file;

    Examination(StoreFile file) {
        this.file = file;
    }

    /**
     * Why the file can't be used; empty if it can, or is not there.
     *
     * @param thoroughly whether all pages of a large file that was closed are looked through, too
     * @throws IOException if it can't be read
     * @throws SQLException if it can't be read
     */
    Optional<StoreFile.Unfit> fault(boolean thoroughly) throws IOException, SQLException {
        Optional<StoreFile.Unfit> found = examine(thoroughly);
        return found.isPresent() ? examine(thoroughly) : found;
    }

    /** True if the file is damaged; false if nothing is found, or nothing can be said because it can't be read. */
    boolean confirmsDamage() {
        try {
            return fault(true).isPresent();
        } catch (SQLException | IOException e) {
            LOG.debug("{} can't be examined: {}", file.path(), e.toString());
            return false;
        }
    }

    private Optional<StoreFile.Unfit> examine(boolean thoroughly) throws IOException, SQLException {
        Optional<StoreFile.Unfit> fault = file.faultOfHeader();
        if (fault.isPresent() || file.bytes() == 0) {
            return fault;
        }
        SQLiteConfig readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        try (Connection reader = readOnly.createConnection("jdbc:sqlite:" + file.path())) {
            Database.execute(reader, PATIENCE);
            return faultOf(reader, thoroughly);
        } catch (SQLException e) {
            if (SqliteCode.isDamage(e)) {
                LOG.debug("{} is damaged: {}", file.path(), e.getMessage());
                return Optional.of(StoreFile.Unfit.DAMAGED);
            }
            throw e;
        }
    }

    private Optional<StoreFile.Unfit> faultOf(Connection reader, boolean thoroughly) throws SQLException {
        int version = (int) Database.number(reader, "PRAGMA user_version");
        Optional<StoreFile.Unfit> fault =
                file.ofIdentity((int) Database.number(reader, "PRAGMA application_id"), version);
        if (fault.isPresent()) {
            return fault;
        }
        long tables = Database.number(reader, "SELECT count(*) FROM sqlite_master WHERE type = 'table'");
        boolean whole = tables == file.format().tables(version);
        if (whole && (thoroughly || file.wasCutOff() || file.bytes() <= SMALL_BYTES)) {
            String answer = text(reader, "PRAGMA quick_check(1)");
            whole = answer.equals("ok");
            LOG.debug("check of {}: {}", file.path(), answer);
        }
        return whole ? Optional.empty() : Optional.of(StoreFile.Unfit.DAMAGED);
    }

    private static String text(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
