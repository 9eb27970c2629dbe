package io.github.reedgate.contact;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Debouncer.Result;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every (state, event) pair of the debouncer: open 30 ms, close 100 ms, maximum wait 350 ms; times in milliseconds. */
class DebouncerTableTest {

    private static final Debounce TIMES = Debounce.DEFAULT;

    /**
     * States, all looked at from 1000 ms on: {@code unknown}; {@code unknown-train} read open at 1000; {@code open} and
     * {@code closed} at rest; {@code opening} (closed, edge to open at 1000); {@code closing}; {@code pulse} (closed, open
     * at 1000, closed at 1010); {@code dip} (open, closed at 1000, open at 1010); {@code opening?} and {@code closing?}
     * wait for the reading that their quiet time asked for; {@code bouncing} (closed, edges every 20 ms up to 1340).
     */
    private static Debouncer state(String name) {
        Debouncer unknown = Debouncer.unknown(TIMES);
        return switch (name) {
            case "unknown" -> unknown;
            case "unknown-train" -> unknown.read(OPEN, ms(1000)).next();
            case "open" -> settled(OPEN);
            case "closed" -> settled(CLOSED);
            case "opening" -> settled(CLOSED).edge(OPEN, ms(1000)).next();
            case "closing" -> settled(OPEN).edge(CLOSED, ms(1000)).next();
            case "pulse" ->
                settled(CLOSED)
                        .edge(OPEN, ms(1000))
                        .next()
                        .edge(CLOSED, ms(1010))
                        .next();
            case "dip" ->
                settled(OPEN).edge(CLOSED, ms(1000)).next().edge(OPEN, ms(1010)).next();
            case "opening?" -> state("opening").tick(ms(1030)).next();
            case "closing?" -> state("closing").tick(ms(1100)).next();
            case "bouncing" -> bouncing();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Debouncer settled(Position position) {
        return new Debouncer(TIMES, position, null);
    }

    private static Debouncer bouncing() {
        Debouncer current = settled(CLOSED);
        Position position = OPEN;
        for (int at = 1000; at <= 1340; at += 20) {
            current = current.edge(position, ms(at)).next();
            position = position.other();
        }
        return current;
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @ParameterizedTest(name = "{0} + {1} {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # state       | event      | at   | settled | findings            | read | next deadline
            unknown       | tick       | 1000 | -       |                     | no   | -
            unknown       | edge open  | 1000 | -       |                     | no   | 1030
            unknown       | edge closed| 1000 | -       |                     | no   | 1100
            unknown       | read open  | 1000 | -       |                     | no   | 1030
            unknown       | read closed| 1000 | -       |                     | no   | 1100
            unknown-train | tick       | 1029 | -       |                     | no   | 1030
            unknown-train | tick       | 1030 | -       |                     | yes  | -
            unknown-train | read open  | 1010 | -       |                     | no   | 1030
            unknown-train | read closed| 1010 | -       |                     | no   | 1110
            unknown-train | edge closed| 1010 | -       |                     | no   | 1110
            unknown-train | edge closed| 1031 | OPEN    | FIRST OPEN 1000     | no   | 1131
            unknown-train | edge open  | 1010 | -       |                     | no   | 1040
            open          | tick       | 1000 | OPEN    |                     | no   | -
            open          | read open  | 1000 | OPEN    |                     | no   | -
            open          | read closed| 1000 | OPEN    |                     | no   | 1100
            open          | edge closed| 1000 | OPEN    |                     | no   | 1100
            open          | edge open  | 1000 | OPEN    |                     | no   | 1030
            closed        | tick       | 1000 | CLOSED  |                     | no   | -
            closed        | read closed| 1000 | CLOSED  |                     | no   | -
            closed        | read open  | 1000 | CLOSED  |                     | no   | 1030
            closed        | edge open  | 1000 | CLOSED  |                     | no   | 1030
            closed        | edge closed| 1000 | CLOSED  |                     | no   | 1100
            opening       | tick       | 1029 | CLOSED  |                     | no   | 1030
            opening       | tick       | 1030 | CLOSED  |                     | yes  | -
            opening       | read open  | 1020 | CLOSED  |                     | no   | 1030
            opening       | read closed| 1020 | CLOSED  |                     | no   | 1120
            opening       | edge open  | 1020 | CLOSED  |                     | no   | 1050
            opening       | edge closed| 1020 | CLOSED  |                     | no   | 1120
            opening       | edge closed| 1030 | OPEN    | CHANGED OPEN 1000   | no   | 1130
            opening       | edge open  | 1030 | OPEN    | CHANGED OPEN 1000   | no   | 1060
            closing       | tick       | 1099 | OPEN    |                     | no   | 1100
            closing       | tick       | 1100 | OPEN    |                     | yes  | -
            closing       | read closed| 1050 | OPEN    |                     | no   | 1100
            closing       | read open  | 1050 | OPEN    |                     | no   | 1080
            closing       | edge open  | 1099 | OPEN    |                     | no   | 1129
            closing       | edge open  | 1100 | CLOSED  | CHANGED CLOSED 1000 | no   | 1130
            closing       | edge closed| 1050 | OPEN    |                     | no   | 1150
            opening?      | tick       | 1031 | CLOSED  |                     | no   | -
            opening?      | read open  | 1031 | OPEN    | CHANGED OPEN 1000   | no   | -
            opening?      | read closed| 1031 | OPEN    | CHANGED OPEN 1000   | no   | 1131
            opening?      | edge open  | 1031 | OPEN    | CHANGED OPEN 1000   | no   | 1061
            opening?      | edge closed| 1031 | OPEN    | CHANGED OPEN 1000   | no   | 1131
            closing?      | tick       | 1200 | OPEN    |                     | no   | -
            closing?      | read closed| 1101 | CLOSED  | CHANGED CLOSED 1000 | no   | -
            closing?      | read open  | 1101 | CLOSED  | CHANGED CLOSED 1000 | no   | 1131
            closing?      | edge open  | 1101 | CLOSED  | CHANGED CLOSED 1000 | no   | 1131
            closing?      | edge closed| 1101 | CLOSED  | CHANGED CLOSED 1000 | no   | 1201
            pulse         | tick       | 1109 | CLOSED  |                     | no   | 1110
            pulse         | tick       | 1110 | CLOSED  |                     | yes  | -
            pulse         | read closed| 1050 | CLOSED  |                     | no   | 1110
            pulse         | read open  | 1050 | CLOSED  |                     | no   | 1080
            pulse         | edge open  | 1110 | CLOSED  | GLITCH CLOSED 1000  | no   | 1140
            pulse         | edge closed| 1109 | CLOSED  |                     | no   | 1209
            dip           | tick       | 1039 | OPEN    |                     | no   | 1040
            dip           | tick       | 1040 | OPEN    |                     | yes  | -
            dip           | edge closed| 1040 | OPEN    | GLITCH OPEN 1000    | no   | 1140
            dip           | edge open  | 1030 | OPEN    |                     | no   | 1060
            dip           | read open  | 1030 | OPEN    |                     | no   | 1040
            dip           | read closed| 1030 | OPEN    |                     | no   | 1130
            bouncing      | tick       | 1349 | CLOSED  |                     | no   | 1350
            bouncing      | tick       | 1350 | OPEN    | CHANGED OPEN 1000   | no   | 1440
            bouncing      | tick       | 1440 | OPEN    | CHANGED OPEN 1000   | yes  | -
            bouncing      | edge open  | 1345 | CLOSED  |                     | no   | 1350
            bouncing      | edge closed| 1345 | CLOSED  |                     | no   | 1350
            bouncing      | edge open  | 1350 | OPEN    | CHANGED OPEN 1000   | no   | 1380
            bouncing      | read closed| 1345 | CLOSED  |                     | no   | 1350
            bouncing      | read open  | 1345 | CLOSED  |                     | no   | 1350
            """)
    void everyPairHasItsResult(
            String state, String event, long at, String settled, String findings, String read, String deadline) {
        Debouncer before = state(state);
        Result result = apply(before, event, ms(at));
        Debouncer next = result.next();

        assertThat(next.settled() == null ? "-" : String.valueOf(next.settled()))
                .as("settled")
                .isEqualTo(settled);
        assertThat(result.findings().stream()
                        .map(found -> found.kind() + " " + found.position() + " " + found.atNanos() / 1_000_000)
                        .collect(Collectors.joining(", ")))
                .as("findings")
                .isEqualTo(findings == null ? "" : findings);
        assertThat(result.readWanted()).as("read wanted").isEqualTo(read.equals("yes"));
        assertThat(
                        next.deadlineNanos().isEmpty()
                                ? "-"
                                : String.valueOf(next.deadlineNanos().getAsLong() / 1_000_000))
                .as("deadline")
                .isEqualTo(deadline);
    }

    private static Result apply(Debouncer before, String event, long atNanos) {
        return switch (event) {
            case "tick" -> before.tick(atNanos);
            case "edge open" -> before.edge(OPEN, atNanos);
            case "edge closed" -> before.edge(CLOSED, atNanos);
            case "read open" -> before.read(OPEN, atNanos);
            case "read closed" -> before.read(CLOSED, atNanos);
            default -> throw new IllegalArgumentException(event);
        };
    }
}
