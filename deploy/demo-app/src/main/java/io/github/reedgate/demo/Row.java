package io.github.reedgate.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One row of the screen. Immutable.
 *
 * @param spans its pieces, from left to right
 */
record Row(List<Span> spans) {

    /** Copies the list. */
    Row {
        spans = List.copyOf(spans);
    }

    /**
     * A piece in one colour.
     *
     * @param text without control characters
     * @param tone what it means
     */
    record Span(String text, Tone tone) {}

    static Row of(String text, Tone tone) {
        return new Row(List.of(new Span(text, tone)));
    }

    static Row empty() {
        return new Row(List.of());
    }

    /** Returns this row with another one behind it. */
    Row plus(Row other) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        return new Row(all);
    }

    Row plus(String text, Tone tone) {
        return plus(of(text, tone));
    }

    /** Returns the columns it takes. */
    int columns() {
        return spans.stream().mapToInt(span -> Columns.of(span.text())).sum();
    }

    /** Returns the row cut or filled with blanks to exactly so many columns. */
    Row fit(int columns) {
        List<Span> fitting = new ArrayList<>();
        int left = columns;
        for (Span span : spans) {
            String part = Columns.cut(span.text(), left);
            fitting.add(new Span(part, span.tone()));
            left -= Columns.of(part);
            if (part.length() < span.text().length()) {
                break;
            }
        }
        fitting.add(new Span(" ".repeat(left), Tone.PLAIN));
        return new Row(fitting);
    }

    /** Returns its text without colours. */
    String plain() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    /** Returns its text as a terminal shows it. */
    String painted(Paint paint) {
        return spans.stream()
                .filter(span -> !span.text().isEmpty())
                .map(span -> paint.tone(span.tone(), span.text()))
                .collect(Collectors.joining());
    }
}
