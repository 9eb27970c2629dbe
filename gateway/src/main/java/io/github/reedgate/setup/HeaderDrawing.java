package io.github.reedgate.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The header of 40 pins as lines of text, as it lies when the Pi's USB sockets are towards you. Stateless. */
public final class HeaderDrawing {

    private static final int LABEL = 6;

    private HeaderDrawing() {}

    /**
     * Draws it.
     *
     * @param marks what to write beside a pin, by pin; such a pin is drawn filled
     */
    public static List<String> lines(Map<Integer, String> marks) {
        int width = 0;
        for (Map.Entry<Integer, String> mark : marks.entrySet()) {
            if (mark.getKey() % 2 == 1) {
                width = Math.max(width, mark.getValue().length());
            }
        }
        List<String> drawn = new ArrayList<>();
        for (int left = 1; left < HeaderPin.COUNT; left += 2) {
            int right = left + 1;
            String side = marks.getOrDefault(left, "");
            drawn.add(String.format(
                            Locale.ROOT,
                            "  %" + (width + 1) + "s %" + LABEL + "s %2d %s %s %-2d %-" + LABEL + "s %s",
                            side,
                            HeaderPin.label(left),
                            left,
                            hole(marks, left),
                            hole(marks, right),
                            right,
                            HeaderPin.label(right),
                            marks.getOrDefault(right, ""))
                    .stripTrailing());
        }
        return drawn;
    }

    private static String hole(Map<Integer, String> marks, int pin) {
        return marks.containsKey(pin) ? "●" : "○";
    }
}
