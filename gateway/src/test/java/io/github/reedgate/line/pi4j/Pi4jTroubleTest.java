package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.context.ContextProperties;
import com.pi4j.exception.Pi4JException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import com.pi4j.io.gpio.digital.PullResistance;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** What becomes of everything that Pi4J may throw. */
class Pi4jTroubleTest {

    private static final LineSettings LINE = new LineSettings(17, Pull.UP);

    private final Context context = mock(Context.class);
    private final DigitalInput input = mock(DigitalInput.class);
    private final List<LineEvent> edges = new ArrayList<>();
    private final Pi4jLineSource source = new Pi4jLineSource(context, () -> 77);

    @BeforeEach
    void createGivesTheInput() {
        when(context.properties()).thenReturn(mock(ContextProperties.class));
        when(context.create(any(DigitalInputConfig.class))).thenReturn(input);
    }

    @ParameterizedTest
    @CsvSource({"UP, PULL_UP", "DOWN, PULL_DOWN", "NONE, OFF"})
    void lineIsRequestedWithItsBiasAndWithoutDebounce(Pull pull, PullResistance expected) throws LineException {
        source.open(new LineSettings(4, pull), edges::add);

        ArgumentCaptor<DigitalInputConfig> config = ArgumentCaptor.forClass(DigitalInputConfig.class);
        verify(context).create(config.capture());
        assertThat(config.getValue().address()).isEqualTo(4);
        assertThat(config.getValue().pull()).isEqualTo(expected);
        assertThat(config.getValue().debounce()).isZero();
    }

    @Test
    void lineThatCannotBeCreatedIsToldWithItsNumberAndTheFix() {
        for (Throwable reason : List.of(
                new IllegalStateException("EBUSY"),
                new Pi4JException("EBUSY"),
                new UnsatisfiedLinkError("EBUSY"),
                new NullPointerException("EBUSY"))) {
            doThrow(reason).when(context).create(any(DigitalInputConfig.class));

            assertThatThrownBy(() -> source.open(LINE, edges::add))
                    .isInstanceOf(LineException.class)
                    .hasCause(reason)
                    .hasMessage(
                            "line 17 can't be opened: EBUSY; check that nothing else uses it (gpioinfo) and that this"
                                    + " user may (group gpio)");
        }
    }

    @Test
    void busyLineIsToldWithTheNameOfWhoHoldsIt() {
        doThrow(new IllegalStateException("EBUSY")).when(context).create(any(DigitalInputConfig.class));
        Pi4jLineSource knowing = new Pi4jLineSource(
                context, () -> 77, offset -> offset == 17 ? Optional.of("'fan-control'") : Optional.empty());

        assertThatThrownBy(() -> knowing.open(LINE, edges::add))
                .isInstanceOf(LineException.class)
                .hasMessage(
                        "line 17 can't be opened: it is in use by 'fan-control'; 'gpioinfo' (package gpiod) shows all"
                                + " lines in use; stop that program, remove its dtoverlay from config.txt, or connect the switch to"
                                + " another line");
    }

    @Test
    void failureIsToldAlsoIfItCannotBeFoundOutWhoHoldsTheLine() {
        doThrow(new IllegalStateException("EIO")).when(context).create(any(DigitalInputConfig.class));
        for (Throwable reason : List.of(new IllegalStateException("planted"), new UnsatisfiedLinkError("planted"))) {
            Pi4jLineSource unknowing = new Pi4jLineSource(context, () -> 77, offset -> {
                if (reason instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) reason;
            });
            assertThatThrownBy(() -> unknowing.open(LINE, edges::add))
                    .isInstanceOf(LineException.class)
                    .hasMessageStartingWith("line 17 can't be opened: EIO; check that nothing else uses it");
        }
    }

    @Test
    void clockThatFailsDoesNotReachThePi4jThread() throws LineException {
        DigitalInput fresh = mock(DigitalInput.class);
        when(context.create(any(DigitalInputConfig.class))).thenReturn(fresh);
        new Pi4jLineSource(context, () -> {
                    throw new AssertionError("planted");
                })
                .open(LINE, edges::add);
        ArgumentCaptor<DigitalStateChangeListener> listener = ArgumentCaptor.forClass(DigitalStateChangeListener.class);
        verify(fresh).addListener(listener.capture());

        assertThatCode(() -> listener.getValue()
                        .onDigitalStateChange(new DigitalStateChangeEvent<>(fresh, DigitalState.HIGH)))
                .doesNotThrowAnyException();
        assertThat(edges).isEmpty();
    }

    @Test
    void lineThatCannotBeReadIsToldWithItsNumber() throws LineException {
        source.open(LINE, edges::add);
        for (RuntimeException reason : List.of(
                new IllegalStateException("EIO"), new Pi4JException("EIO"), new UnsupportedOperationException("EIO"))) {
            doThrow(reason).when(input).state();

            assertThatThrownBy(() -> source.read(17))
                    .isInstanceOf(LineException.class)
                    .hasCause(reason)
                    .hasMessage("line 17 can't be read: EIO");
        }
    }

    @Test
    void levelThatIsNoneIsNoLevel() throws LineException {
        source.open(LINE, edges::add);
        when(input.state()).thenReturn(DigitalState.UNKNOWN);

        assertThatThrownBy(() -> source.read(17))
                .isInstanceOf(LineException.class)
                .hasMessage("line 17 reads UNKNOWN instead of high or low");
    }

    @Test
    void edgeToNoLevelIsLeftToTheNextReading() throws LineException {
        DigitalStateChangeListener listener = listener(edges::add);
        listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.UNKNOWN));
        listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.HIGH));

        assertThat(edges).containsExactly(new LineEvent(17, io.github.reedgate.line.Level.HIGH, 77));
    }

    @Test
    void nothingThatIsThrownReachesThePi4jThread() throws LineException {
        for (Error error : List.of(new AssertionError("planted"), new StackOverflowError("planted"))) {
            DigitalStateChangeListener listener = listener(edge -> {
                throw error;
            });
            assertThatCode(() -> listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.HIGH)))
                    .doesNotThrowAnyException();
        }
        DigitalStateChangeListener listener = listener(edge -> {
            throw new IllegalStateException("planted");
        });
        assertThatCode(() -> listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.LOW)))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingThatAnEventOfPi4jThrowsReachesItsThread() throws LineException {
        DigitalStateChangeListener listener = listener(edges::add);
        assertThatCode(() -> listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.HIGH) {
                    @Override
                    public DigitalState state() {
                        throw new StackOverflowError("planted");
                    }
                }))
                .doesNotThrowAnyException();
        listener.onDigitalStateChange(new DigitalStateChangeEvent<>(input, DigitalState.LOW));

        assertThat(edges).hasSize(1);
    }

    @Test
    void shutdownThatFailsEndsNothingElse() throws ShutdownException {
        when(context.shutdown()).thenThrow(new ShutdownException("a callback still runs"));

        assertThatCode(source::close).doesNotThrowAnyException();
        verify(context).shutdown();
    }

    private DigitalStateChangeListener listener(Consumer<LineEvent> consumer) throws LineException {
        DigitalInput fresh = mock(DigitalInput.class);
        when(context.create(any(DigitalInputConfig.class))).thenReturn(fresh);
        source.open(LINE, consumer);
        ArgumentCaptor<DigitalStateChangeListener> listener = ArgumentCaptor.forClass(DigitalStateChangeListener.class);
        verify(fresh).addListener(listener.capture());
        return listener.getValue();
    }
}
