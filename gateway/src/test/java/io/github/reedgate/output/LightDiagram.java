package io.github.reedgate.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Draws what the status LED shows: six seconds of each pattern, while disarmed and while armed. */
final class LightDiagram {

    /** Where the picture belongs, seen from the module's folder. */
    static final Path FILE = Path.of("..", "docs", "images", "status-led.svg");

    private static final Duration SHOWN = Duration.ofSeconds(6);
    private static final int WIDTH = 960;
    private static final int LEFT = 416;
    private static final int RIGHT = 926;
    private static final int TOP = 64;
    private static final int ROW = 34;

    private LightDiagram() {}

    /** Writes the picture anew, after a pattern has changed; run it in the module's folder. */
    public static void main(String[] args) throws IOException {
        Files.writeString(FILE, svg());
    }

    /** A line of the picture. */
    record Row(String words, Pattern pattern) {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Light light : Light.values()) {
            rows.add(new Row(light.words(), light.pattern(false)));
        }
        for (Light light : Light.values()) {
            if (!light.pattern(true).equals(light.pattern(false))) {
                rows.add(new Row("armed: " + light.words(), light.pattern(true)));
            }
        }
        return rows;
    }

    static String svg() {
        List<Row> rows = rows();
        int height = TOP + ROW * rows.size() + 16;
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"15\" role=\"img\""
                        + " aria-labelledby=\"title\">",
                WIDTH, height, WIDTH, height));
        lines.add("  <title id=\"title\">Six seconds of the status LED for each thing that it shows</title>");
        lines.add(text(
                "  <rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"12\" fill=\"#ffffff\" stroke=\"#c4ccd4\""
                        + " stroke-width=\"2\"/>",
                WIDTH - 2, height - 2));
        for (int second = 0; second <= SHOWN.toSeconds(); second++) {
            double x = x(second * 1_000_000_000L);
            lines.add(text(
                    "  <path d=\"M%.1f %d V%d\" stroke=\"#c4ccd4\" stroke-width=\"1\"/>", x, TOP - 16, height - 16));
            lines.add(text(
                    "  <text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\" font-size=\"12\">%d s</text>",
                    x, TOP - 24, second));
        }
        for (int i = 0; i < rows.size(); i++) {
            lines.addAll(row(rows.get(i), TOP + i * ROW));
        }
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> row(Row row, int top) {
        List<String> lines = new ArrayList<>();
        lines.add(text("  <text x=\"24\" y=\"%d\" fill=\"#222222\">%s</text>", top + 16, row.words()));
        lines.add(text(
                "  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"3\" fill=\"#3a4148\"/>",
                LEFT, top, RIGHT - LEFT));
        long at = 0;
        while (at < SHOWN.toNanos()) {
            OptionalLong next = row.pattern().nextNanos(at);
            long end = Math.min(next.orElse(Long.MAX_VALUE), SHOWN.toNanos());
            if (row.pattern().isOn(at)) {
                lines.add(text(
                        "  <rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"#ffb000\"/>",
                        x(at), top, x(end) - x(at)));
            }
            at = end;
        }
        return lines;
    }

    private static double x(long nanos) {
        return LEFT + (double) (RIGHT - LEFT) * nanos / SHOWN.toNanos();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
