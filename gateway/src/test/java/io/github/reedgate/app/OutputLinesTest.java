package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.core.Input;
import io.github.reedgate.line.FakeSink;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The outputs' lines: opened at rest, tried again, told. */
class OutputLinesTest {

    private static final Set<AlarmMode> ALL = EnumSet.allOf(AlarmMode.class);

    private final FakeSink sink = new FakeSink();
    private final InputQueue queue = new InputQueue(64);
    private final OutputLines lines = new OutputLines(
            sink,
            List.of(
                    new Output("siren", OutputType.SIREN, 24, Level.HIGH, ALL, Until.SIREN_TIME),
                    new Output("relay", OutputType.STROBE, 25, Level.LOW, ALL, Until.ACKNOWLEDGED)),
            queue);

    private List<Input> told() {
        List<Input> told = new ArrayList<>();
        try {
            for (LoopInput input = queue.poll(0); input != null; input = queue.poll(0)) {
                told.add(((LoopInput.Core) input).input());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return told;
    }

    @Test
    void lineIsOpenedOffBeforeItIsSwitchedOn() {
        lines.drive(0, true);
        lines.drive(1, true);
        lines.drive(0, false);

        assertThat(sink.calls())
                .containsExactly("open 24 LOW", "write 24 HIGH", "open 25 HIGH", "write 25 LOW", "write 24 LOW");
        assertThat(told()).isEmpty();
    }

    @Test
    void lineThatCantBeOpenedIsToldAndOpenedWhenItCanBe() {
        sink.refuse(24, "line 24 is busy");
        lines.drive(0, true);
        lines.drive(0, true);
        assertThat(told())
                .containsExactly(
                        new Input.OutputFailed(0, "line 24 is busy"), new Input.OutputFailed(0, "line 24 is busy"));

        sink.refuse(24, "");
        lines.drive(0, true);
        lines.drive(0, false);
        assertThat(told()).containsExactly(new Input.OutputDriven(0));
        assertThat(sink.levels()).isEqualTo(Map.of(24, Level.LOW));
    }

    @Test
    void lineThatCantBeSwitchedIsNotOpenedAgain() {
        lines.drive(0, false);
        sink.refuse(24, "line 24 can't be switched: EIO");
        lines.drive(0, true);
        sink.refuse(24, "");
        lines.drive(0, true);

        assertThat(told())
                .containsExactly(
                        new Input.OutputFailed(0, "line 24 can't be switched: EIO"), new Input.OutputDriven(0));
        assertThat(sink.calls()).filteredOn(call -> call.startsWith("open")).hasSize(1);
    }

    @Test
    void defectIsAFailureOfThisOutputAlone() {
        sink.breakDown(24, new IllegalArgumentException("planted"));
        lines.drive(0, true);
        lines.drive(1, true);

        assertThat(told())
                .containsExactly(new Input.OutputFailed(
                        0, "a defect of the program: java.lang.IllegalArgumentException: planted"));
        assertThat(sink.levels()).containsEntry(25, Level.LOW);
    }
}
