package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.context.ContextProperties;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSink;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** What becomes of everything that Pi4J may throw at an output. */
class Pi4jSinkTroubleTest {

    private final Context context = mock(Context.class);
    private final DigitalOutput output = mock(DigitalOutput.class);
    private final LineSink sink = new Pi4jLineSource(context, () -> 0).sink();

    @BeforeEach
    void createGivesTheOutput() {
        when(context.properties()).thenReturn(mock(ContextProperties.class));
        when(context.create(any(DigitalOutputConfig.class))).thenReturn(output);
    }

    @Test
    void lineInUseSaysByWhomAndWhatToDo() {
        Pi4jLineSource known = new Pi4jLineSource(context, () -> 0, offset -> Optional.of("'w1'"));
        when(context.create(any(DigitalOutputConfig.class))).thenThrow(new IllegalStateException("EBUSY"));

        assertThatThrownBy(() -> known.sink().open(24, Level.LOW))
                .isInstanceOf(LineException.class)
                .hasMessage(
                        "line 24 can't be opened: it is in use by 'w1'; 'gpioinfo' (package gpiod) shows all lines in"
                                + " use; stop that program, remove its dtoverlay from config.txt, or connect the output to another"
                                + " line");
    }

    @Test
    void whoHoldsALineMayNotBeKnown() {
        Pi4jLineSource unknown = new Pi4jLineSource(context, () -> 0, offset -> {
            throw new IllegalStateException("No gpio chip yet initialized!");
        });
        when(context.create(any(DigitalOutputConfig.class))).thenThrow(new UnsatisfiedLinkError("no library"));

        assertThatThrownBy(() -> unknown.sink().open(24, Level.LOW))
                .isInstanceOf(LineException.class)
                .hasMessage(
                        "line 24 can't be opened: no library; check that nothing else uses it (gpioinfo) and that this"
                                + " user may (group gpio)");
    }

    @Test
    void failedSwitchingNamesTheLineAndTheReason() throws LineException {
        sink.open(24, Level.LOW);
        when(output.state(DigitalState.HIGH)).thenThrow(new Pi4JException("EIO"));

        assertThatThrownBy(() -> sink.write(24, Level.HIGH))
                .isInstanceOf(LineException.class)
                .hasMessage("line 24 can't be switched: EIO");
        assertThatCode(() -> sink.write(24, Level.LOW)).doesNotThrowAnyException();
    }

    @Test
    void endSwitchesTheOthersOffAlthoughOneFailsAndThenReleasesAll() throws LineException {
        DigitalOutput second = mock(DigitalOutput.class);
        when(context.create(any(DigitalOutputConfig.class))).thenReturn(output, second);
        Pi4jLineSource source = new Pi4jLineSource(context, () -> 0);
        source.sink().open(24, Level.LOW);
        source.sink().open(25, Level.HIGH);
        when(output.state(any())).thenThrow(new Pi4JException("EIO"));
        when(context.shutdown()).thenThrow(new Pi4JException("one input did not end"));

        source.close();

        InOrder order = inOrder(second, context);
        order.verify(second).state(DigitalState.HIGH);
        order.verify(context).shutdown();
        verify(output).state(DigitalState.LOW);
    }

    @Test
    void secondEndSwitchesNothing() throws LineException {
        sink.open(24, Level.LOW);
        sink.close();
        sink.close();
        verify(output, times(1)).state(DigitalState.LOW);
    }

    @Test
    void linesThatCantBeOutputsSaySo() {
        assertThatThrownBy(() -> LineSink.NONE.open(24, Level.LOW))
                .hasMessage("line 24 can't be opened: these lines can't be switched");
    }
}
