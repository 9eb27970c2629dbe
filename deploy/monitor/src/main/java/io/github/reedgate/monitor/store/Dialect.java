package io.github.reedgate.monitor.store;

/** Where the SQL of the two databases differs. */
enum Dialect {
    /** SQLite 3.35 or newer. */
    SQLITE("INTEGER PRIMARY KEY"),
    /** PostgreSQL 12 or newer. */
    POSTGRESQL("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");

    private final String counted;

    Dialect(String counted) {
        this.counted = counted;
    }

    /** The type of a column that numbers the rows in the order of their arrival. */
    String counted() {
        return counted;
    }
}
