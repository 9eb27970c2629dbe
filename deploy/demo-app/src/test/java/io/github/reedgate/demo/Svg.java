package io.github.reedgate.demo;

import java.util.List;

/** Draws the rows of a board as a picture of a terminal: each span keeps its columns in any font. Stateless. */
final class Svg {

    private static final double COLUMN = 8.4;
    private static final int ROW = 16;
    private static final int LEFT = 16;
    private static final int TOP = 54;

    private Svg() {}

    static String of(List<Row> rows, String title) {
        int columns = rows.stream().mapToInt(Row::columns).max().orElse(0);
        long width = Math.round(columns * COLUMN) + 2L * LEFT;
        int height = TOP + rows.size() * ROW;
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" font-family="\
                'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" role="img" aria-labelledby="title">
                  <title id="title">%3$s</title>
                  <rect width="%1$d" height="%2$d" rx="10" fill="#1e2227"/>
                  <circle cx="20" cy="18" r="6" fill="#e06c5c"/><circle cx="40" cy="18" r="6" fill="#e0b85c"/>\
                <circle cx="60" cy="18" r="6" fill="#6cb86c"/>
                  <text x="%4$d" y="23" text-anchor="middle" fill="#9aa4ae" font-size="12">deploy/demo</text>
                """.formatted(width, height, title, width / 2));
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Row row, int y) {
        int column = 0;
        for (Row.Span span : row.spans()) {
            String text = span.text();
            int blanks = text.length() - text.stripLeading().length();
            String visible = text.strip();
            if (!visible.isEmpty()) {
                svg.append("  <text x=\"%s\" y=\"%d\" textLength=\"%s\" %s xml:space=\"preserve\">%s</text>\n"
                        .formatted(
                                number(LEFT + (column + blanks) * COLUMN),
                                y,
                                number(Columns.of(visible) * COLUMN),
                                style(span.tone()),
                                visible.replace("&", "&amp;").replace("<", "&lt;")));
            }
            column += Columns.of(text);
        }
    }

    private static String number(double value) {
        return String.valueOf(Math.round(value * 10) / 10.0);
    }

    private static String style(Tone tone) {
        return switch (tone) {
            case PLAIN -> "fill=\"#c5ccd3\"";
            case BOLD -> "fill=\"#ffffff\" font-weight=\"bold\"";
            case DIM -> "fill=\"#8b96a1\"";
            case GOOD -> "fill=\"#7fcf8a\"";
            case CALM -> "fill=\"#5cc8d8\"";
            case WATCH -> "fill=\"#e5c07b\"";
            case ALARM -> "fill=\"#ff7b6e\" font-weight=\"bold\"";
        };
    }
}
