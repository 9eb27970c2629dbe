package io.github.reedgate.wizard.host;

import io.github.reedgate.setup.HeaderDrawing;
import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.wizard.Runner;
import io.github.reedgate.wizard.Said;
import io.github.reedgate.wizard.Turn.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Shows what is said as lines of text that fit a width, and asks nobody. Used by one thread. */
public class PlainScreen implements Runner.Screen {

    private static final int NARROWEST = 20;
    private static final int USUAL = 80;
    private static final int WIDEST = 100;

    private final Consumer<String> out;
    private final IntSupplier width;
    private final boolean hasColours;

    /**
     * A screen.
     *
     * @param out takes a line
     * @param width the width in columns; 0 if it is not known
     * @param hasColours true if lines may have escape sequences for colours
     */
    public PlainScreen(Consumer<String> out, IntSupplier width, boolean hasColours) {
        this.out = out;
        this.width = width;
        this.hasColours = hasColours;
    }

    @Override
    public Optional<String> ask(Ask question) {
        return Optional.empty();
    }

    /** The columns that a line may have. */
    final int columns() {
        int known = width.getAsInt();
        return known <= 0 ? USUAL : Math.max(NARROWEST, Math.min(known, WIDEST)) - 1;
    }

    @Override
    public void say(Said said) {
        if (said instanceof Said.Text text) {
            wrapped(text.text(), columns()).forEach(out);
        } else if (said instanceof Said.Verbatim line) {
            out.accept(safe(line.line()));
        } else if (said instanceof Said.Wires wires) {
            wires(wires.sensors()).forEach(out);
        } else if (said instanceof Said.Code code) {
            code(code.text());
        }
    }

    private void code(String text) {
        List<String> lines = QrPicture.lines(text, columns() + 1);
        if (lines.isEmpty()) {
            wrapped("(The terminal is too narrow for the code.)", columns()).forEach(out);
        }
        // white on black whatever the terminal's colours are: some readers need it so
        lines.forEach(line -> out.accept(hasColours ? "\u001b[97;40m" + line + "\u001b[0m" : line));
    }

    private List<String> wires(List<SensorPlan> sensors) {
        Map<Integer, String> marks = new TreeMap<>();
        List<String> words = new ArrayList<>();
        for (SensorPlan sensor : sensors) {
            int pin = HeaderPin.of(sensor.line()).orElseThrow();
            boolean supply = "down".equals(sensor.settings().get("pull"));
            int other = supply ? HeaderPin.supplyNear(pin) : HeaderPin.groundNear(pin);
            marks.put(pin, sensor.id());
            marks.put(other, "other wire");
            words.add("  pin " + pin + " (GPIO" + sensor.line() + ") and any pin with " + (supply ? "3.3 V" : "ground")
                    + ", such as " + other);
        }
        List<String> drawn = HeaderDrawing.lines(marks).stream()
                .map(line -> line.startsWith("  ") ? line.substring(2) : line)
                .toList();
        boolean fits = drawn.stream().allMatch(line -> line.length() <= columns());
        List<String> all = new ArrayList<>(fits ? part(drawn, marks) : List.of());
        words.forEach(line -> all.addAll(wrapped(line, columns())));
        return all;
    }

    /** The rows of the header around the marked pins, so that the picture leaves room for the question. */
    private static List<String> part(List<String> drawn, Map<Integer, String> marks) {
        int first = marks.keySet().stream().mapToInt(pin -> (pin - 1) / 2).min().orElse(0);
        int last = marks.keySet().stream().mapToInt(pin -> (pin - 1) / 2).max().orElse(0);
        int from = Math.max(0, first - 2);
        int to = Math.min(drawn.size(), last + 3);
        List<String> part = new ArrayList<>();
        part.add(from == 0 ? "  (the corner with pin 1)" : "  (" + from + " rows from the corner with pin 1)");
        part.addAll(drawn.subList(from, to));
        if (to < drawn.size()) {
            part.add("  (" + (drawn.size() - to) + " rows to the USB sockets)");
        }
        return part;
    }

    /** The text in lines of at most so many columns, broken at blanks; what begins with blanks goes on under itself. */
    static List<String> wrapped(String text, int columns) {
        String safe = safe(text);
        String indent = " ".repeat(safe.length() - safe.stripLeading().length());
        String hanging = indent.isEmpty() ? "" : indent + "  ";
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        boolean isEmpty = true;
        for (String word : safe.strip().split("(?<=\\S) ", -1)) {
            if (!isEmpty && cells(line.toString()) + 1 + cells(word) > columns) {
                lines.add(line.toString());
                line = new StringBuilder(hanging);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** The columns that a text takes; characters of East Asia take two. */
    private static int cells(String text) {
        return text.codePoints().map(character -> isWide(character) ? 2 : 1).sum();
    }

    private static boolean isWide(int character) {
        return Character.isIdeographic(character) || (character >= 0x3040 && character <= 0xFF60);
    }

    /** Whatever would move the cursor or turn the direction of writing is shown as a question mark. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean isShown = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE
                    && type != Character.PRIVATE_USE
                    && type != Character.UNASSIGNED;
            safe.appendCodePoint(isShown ? character : '?');
        });
        return safe.toString();
    }
}
