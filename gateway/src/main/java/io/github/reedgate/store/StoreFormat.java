package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a file of SQLite is: its name, whose it is, and its tables. Implementations are immutable. */
public interface StoreFormat {

    /** The file's name in its folder. */
    String fileName();

    /** The number that tells whose file it is ({@code PRAGMA application_id}). */
    int application();

    /** The layout that this version of the program writes, 1 or more ({@code PRAGMA user_version}). */
    int version();

    /** What is lost with a file that was moved aside, for the log: a sentence's end. */
    String loss();

    /** Statements that come first on each connection, after those that every store has; may be empty. */
    List<String> settings();

    /** How many tables a file of that layout has; 0 for layout 0, which a new file has. */
    int tables(int version);

    /**
     * Makes the tables of a new file in one transaction, and sets both numbers.
     *
     * @throws SQLException if the file can't be written
     */
    void create(Connection connection) throws SQLException;

    /**
     * Brings a file of an earlier layout to the present one, in one transaction.
     *
     * @param version its layout, 1 or more and below the present one
     * @throws SQLException if the file can't be written
     */
    void migrate(Connection connection, int version) throws SQLException;
}
