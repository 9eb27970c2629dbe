package io.github.reedgate.deb;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Writes a manual page in the language of {@code man(7)}. Texts are plain; what means something to roff is escaped. For one thread. */
final class Roff {

    private final StringBuilder page = new StringBuilder();

    /** Begins a page. */
    Roff(String name, int section, String version, Instant time) {
        line(".TH " + name.toUpperCase(Locale.ROOT) + " " + section + " "
                + time.atZone(ZoneOffset.UTC).toLocalDate() + " \"reedgate " + version + "\"");
    }

    /** A section; its heading stands in capitals. */
    void section(String heading) {
        line(".SH \"" + escaped(heading.toUpperCase(Locale.ROOT)) + "\"");
    }

    /** A part of a section. */
    void part(String heading) {
        line(".SS \"" + escaped(heading) + "\"");
    }

    /** A paragraph. */
    void paragraph(String text) {
        line(".PP");
        text(text);
    }

    /** The page's name and what it is about, as {@code apropos} wants it. */
    void name(String name, String about) {
        section("Name");
        line(escaped(name) + " \\- " + escaped(about));
    }

    /** A word in bold with its explanation indented below. */
    void tagged(String term, String text) {
        line(".TP");
        line(".B \"" + escaped(term).replace("\"", "\\(dq") + "\"");
        text(text);
    }

    /** An item of a list. */
    void bullet(String text) {
        line(".IP \\(bu 2");
        text(text);
    }

    /** Lines that stay as they are. */
    void literal(List<String> lines) {
        line(".PP");
        line(".nf");
        line(".RS 4");
        lines.forEach(this::text);
        line(".RE");
        line(".fi");
    }

    private void text(String text) {
        String safe = escaped(text);
        line(safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe);
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** A text in which roff finds nothing to do. */
    static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga");
    }

    /** The page so far. */
    @Override
    public String toString() {
        return page.toString();
    }
}
