package io.github.reedgate.discovery;

/** Templates that take values out of payloads. Only field names of our own get into one, never anything that people enter. */
final class Template {

    private Template() {}

    /** A field that is never null. */
    static String value(String field) {
        return "{{ value_json." + field + " }}";
    }

    /** A field that may be null, for which Home Assistant wants the word {@code None}. */
    static String orNone(String field) {
        return "{{ 'None' if value_json." + field + " is none else value_json." + field + " }}";
    }
}
