package io.github.reedgate.alarm;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Draws the table of transitions: a box for each phase, an arrow for each change with the numbers of its rows, the rows. */
final class PanelDiagram {

    /** Where the picture belongs, seen from the module's folder. */
    static final Path FILE = Path.of("..", "docs", "images", "alarm-panel.svg");

    private static final int WIDTH = 1040;
    private static final int BOX_WIDTH = 184;
    private static final int BOX_HEIGHT = 74;
    private static final int LEGEND_TOP = 520;
    private static final int LINE = 19;
    private static final double BEND = 34;
    private static final Map<Phase, Point2D> CENTRES = new EnumMap<>(Map.of(
            Phase.DISARMED, new Point2D.Double(130, 250),
            Phase.ARMING, new Point2D.Double(520, 100),
            Phase.ARMED, new Point2D.Double(910, 250),
            Phase.PENDING, new Point2D.Double(750, 430),
            Phase.TRIGGERED, new Point2D.Double(300, 430)));

    private PanelDiagram() {}

    /** Writes the picture anew, after the table has changed; run it in the module's folder. */
    public static void main(String[] args) throws IOException {
        Files.writeString(FILE, svg());
    }

    static String svg() {
        int height = LEGEND_TOP + LINE * (Transition.TABLE.size() + 2);
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\" role=\"img\""
                        + " aria-labelledby=\"title\">",
                WIDTH, height, WIDTH, height));
        lines.add("  <title id=\"title\">The states of the alarm panel and what leads from one to another</title>");
        lines.add("  <defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\""
                + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 L10 5 L0 10 z\""
                + " fill=\"#444444\"/></marker></defs>");
        lines.add(text(
                "  <rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"12\" fill=\"#ffffff\" stroke=\"#c4ccd4\""
                        + " stroke-width=\"2\"/>",
                WIDTH - 2, height - 2));
        // the lines before the numbers, so that none runs through a number
        List<String> numbers = new ArrayList<>();
        arrows().forEach((ends, rows) -> {
            List<String> arrow = arrow(ends.get(0), ends.get(1), rows);
            lines.add(arrow.get(0));
            numbers.addAll(arrow.subList(1, arrow.size()));
        });
        lines.addAll(numbers);
        for (Phase phase : Phase.values()) {
            lines.addAll(box(phase));
        }
        lines.addAll(legend());
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    /** The numbers of the rows that lead from one phase to another. */
    private static Map<List<Phase>, List<Integer>> arrows() {
        Map<List<Phase>, List<Integer>> arrows = new LinkedHashMap<>();
        for (int i = 0; i < Transition.TABLE.size(); i++) {
            Transition row = Transition.TABLE.get(i);
            Phase to = row.to();
            for (Phase from : Phase.values()) {
                if (to != null && to != from && row.from().contains(from)) {
                    arrows.computeIfAbsent(List.of(from, to), ends -> new ArrayList<>())
                            .add(i + 1);
                }
            }
        }
        return arrows;
    }

    private static List<String> arrow(Phase from, Phase to, List<Integer> rows) {
        Point2D start = centre(from);
        Point2D end = centre(to);
        double length = start.distance(end);
        double bendX = (start.getX() + end.getX()) / 2 - (end.getY() - start.getY()) / length * BEND * 2;
        double bendY = (start.getY() + end.getY()) / 2 + (end.getX() - start.getX()) / length * BEND * 2;
        Point2D bend = new Point2D.Double(bendX, bendY);
        StringBuilder path = new StringBuilder();
        Point2D label = start;
        for (int i = 0; i <= 60; i++) {
            Point2D point = onCurve(start, bend, end, i / 60.0);
            if (!isIn(from, point) && !isIn(to, point)) {
                path.append(path.isEmpty() ? "M" : " L").append(text("%.1f %.1f", point.getX(), point.getY()));
            }
            label = i == 33 ? point : label;
        }
        String numbers = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
        double wide = numbers.length() * 7 + 10;
        return List.of(
                "  <path d=\"" + path
                        + "\" fill=\"none\" stroke=\"#444444\" stroke-width=\"1.5\" marker-end=\"url(#head)\"/>",
                text(
                        "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"20\" rx=\"6\" fill=\"#ffffff\"/>",
                        label.getX() - wide / 2, label.getY() - 10, wide),
                text(
                        "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-weight=\"bold\""
                                + " fill=\"#1f6fd1\">%s</text>",
                        label.getX(), label.getY() + 5, numbers));
    }

    private static Point2D onCurve(Point2D start, Point2D bend, Point2D end, double at) {
        double one = (1 - at) * (1 - at);
        double two = 2 * at * (1 - at);
        double three = at * at;
        return new Point2D.Double(
                one * start.getX() + two * bend.getX() + three * end.getX(),
                one * start.getY() + two * bend.getY() + three * end.getY());
    }

    private static boolean isIn(Phase phase, Point2D point) {
        return area(phase).contains(point);
    }

    private static Point2D centre(Phase phase) {
        return CENTRES.getOrDefault(phase, new Point2D.Double());
    }

    private static Rectangle2D area(Phase phase) {
        Point2D centre = centre(phase);
        return new Rectangle2D.Double(
                centre.getX() - BOX_WIDTH / 2.0, centre.getY() - BOX_HEIGHT / 2.0, BOX_WIDTH, BOX_HEIGHT);
    }

    private static List<String> box(Phase phase) {
        Rectangle2D area = area(phase);
        double middle = area.getCenterX();
        return List.of(
                text(
                        "  <rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"%s\""
                                + " stroke=\"#444444\" stroke-width=\"1.5\"/>",
                        area.getX(),
                        area.getY(),
                        BOX_WIDTH,
                        BOX_HEIGHT,
                        phase == Phase.TRIGGERED ? "#fbe3e0" : "#eef4fb"),
                line(middle, area.getY() + 22, "15", "bold", phase.word()),
                line(middle, area.getY() + 39, "11", "normal", subtitle(phase)),
                line(middle, area.getY() + 60, "11", "normal", "stays: " + staying(phase)));
    }

    private static String line(double x, double y, String size, String weight, String words) {
        return text(
                "  <text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"%s\" font-weight=\"%s\""
                        + " fill=\"#222222\">%s</text>",
                x, y, size, weight, words);
    }

    private static String subtitle(Phase phase) {
        return switch (phase) {
            case DISARMED -> "only tamper, panic count";
            case ARMING -> "exit delay";
            case ARMED -> "home, away or night";
            case PENDING -> "entry delay";
            case TRIGGERED -> "siren time";
        };
    }

    private static String staying(Phase phase) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < Transition.TABLE.size(); i++) {
            Transition row = Transition.TABLE.get(i);
            if (row.from().contains(phase) && (row.to() == null || row.to() == phase)) {
                numbers.add(i + 1);
            }
        }
        return inRanges(numbers);
    }

    /** Ascending numbers, three and more in a row as a range. */
    private static String inRanges(List<Integer> numbers) {
        List<String> parts = new ArrayList<>();
        for (int i = 0, last; i < numbers.size(); i = last + 1) {
            last = i;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            if (last - i < 2) {
                last = i;
            }
            parts.add(last == i ? "" + numbers.get(i) : numbers.get(i) + "–" + numbers.get(last));
        }
        return String.join(", ", parts);
    }

    private static List<String> legend() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Transition.TABLE.size(); i++) {
            Transition row = Transition.TABLE.get(i);
            String when = row.cause().words()
                    + (row.guard() == Guard.ANY ? "" : ", if " + row.guard().words());
            double y = LEGEND_TOP + LINE * (i + 1.0);
            lines.add(text(
                    "  <text x=\"44\" y=\"%.1f\" text-anchor=\"end\" font-weight=\"bold\" fill=\"#1f6fd1\">%d</text>",
                    y, i + 1));
            lines.add(text("  <text x=\"56\" y=\"%.1f\" fill=\"#222222\">%s</text>", y, when));
            lines.add(text(
                    "  <text x=\"620\" y=\"%.1f\" fill=\"#2d7a46\">%s</text>",
                    y, row.deed().words()));
        }
        return lines;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
