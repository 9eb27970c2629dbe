package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import com.pi4j.library.gpiod.internal.GpioLineEvent;
import com.pi4j.library.gpiod.internal.LineEvent;
import com.pi4j.library.gpiod.internal.LineRequestFlag;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InOrder;

/** Edges and levels of a GPIO line through a real Pi4J context; only the native library below it is a mock. */
@Timeout(60)
class KernelInputTest {

    private static final LineSettings FRONT = new LineSettings(17, Pull.UP);

    private final GpioDContext chip = mock(GpioDContext.class);
    private final GpioLine line = mock(GpioLine.class);
    private final GpioLineEvent event = mock(GpioLineEvent.class);

    /** The edges that the kernel has and nobody has read. */
    private final LinkedBlockingQueue<Edge> kernel = new LinkedBlockingQueue<>();

    private final LinkedBlockingQueue<io.github.reedgate.line.LineEvent> edges = new LinkedBlockingQueue<>();
    private final AtomicLong clock = new AtomicLong(5_000_000_000L);

    /** False as long as nobody listens to the line: its thread runs before, and what it delivered then would be lost. */
    private volatile boolean listening = true;

    @SuppressWarnings("NullAway.Init")
    private Context context;

    @SuppressWarnings("NullAway.Init")
    private Pi4jLineSource source;

    private record Edge(LineEvent type, long atNanos) {}

    @BeforeEach
    void create() {
        when(chip.getOrOpenLine(17)).thenReturn(line);
        when(chip.openLineEvent()).thenReturn(event);
        when(line.getOffset()).thenReturn(17);
        when(line.eventWait(anyLong())).thenAnswer(call -> {
            long limitNanos = call.getArgument(0);
            Edge next = listening ? kernel.poll(limitNanos, TimeUnit.NANOSECONDS) : null;
            if (next != null) {
                when(event.getType()).thenReturn(next.type());
                when(event.getTimeNs()).thenReturn(next.atNanos());
            }
            return next != null;
        });
        context = Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(new KernelInputProvider(() -> chip, clock::get, Duration.ofSeconds(20)))
                .build();
        source = new Pi4jLineSource(context, clock::get);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void edgesThatAreReadTogetherAreDeliveredAsFarApartAsTheyHappenedAndNoReadingIsNewer() throws Exception {
        kernel.add(new Edge(LineEvent.RISING_EDGE, 4_000_000_000L));
        kernel.add(new Edge(LineEvent.FALLING_EDGE, 4_400_000_000L));
        when(line.getValue()).thenReturn(0);
        listening = false;
        source.open(FRONT, edges::add);
        listening = true;

        assertThat(next()).isEqualTo(new io.github.reedgate.line.LineEvent(17, Level.HIGH, 5_000_000_000L));
        assertThat(source.read(17)).isEqualTo(Level.HIGH);
        clock.addAndGet(397_999_999);
        assertThat(source.read(17)).isEqualTo(Level.HIGH);
        assertThat(edges).isEmpty();
        clock.addAndGet(1);
        assertThat(next()).isEqualTo(new io.github.reedgate.line.LineEvent(17, Level.LOW, 5_398_000_000L));
        assertThat(source.read(17)).isEqualTo(Level.LOW);
    }

    @ParameterizedTest
    @CsvSource({"UP, BIAS_PULL_UP", "DOWN, BIAS_PULL_DOWN", "NONE, BIAS_DISABLE"})
    void lineIsRequestedForBothEdgesWithItsBias(Pull pull, LineRequestFlag bias) throws LineException {
        source.open(new LineSettings(17, pull), edges::add);

        verify(line).requestBothEdgeEventsFlags("reedgate-line-17", bias.getVal());
    }

    @Test
    void levelIsReadFromTheLine() throws LineException {
        when(line.getValue()).thenReturn(1, 0);
        source.open(FRONT, edges::add);

        assertThat(source.read(17)).isEqualTo(Level.HIGH);
        assertThat(source.read(17)).isEqualTo(Level.LOW);
    }

    @Test
    void lineThatTheKernelRefusesCanBeTriedAgain() throws Exception {
        doThrow(new GpioDException("Device or resource busy"))
                .when(line)
                .requestBothEdgeEventsFlags(anyString(), anyInt());
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> source.open(FRONT, edges::add))
                    .isInstanceOf(LineException.class)
                    .hasMessageContaining("line 17 can't be opened: ");
        }
        doNothing().when(line).requestBothEdgeEventsFlags(anyString(), anyInt());
        source.open(FRONT, edges::add);
        kernel.add(new Edge(LineEvent.RISING_EDGE, 4_000_000_000L));

        assertThat(next().level()).isEqualTo(Level.HIGH);
    }

    @Test
    void lineIsReleasedOnceItsThreadHasEndedAndBeforeTheChipIsClosed() throws Exception {
        source.open(FRONT, edges::add);
        kernel.add(new Edge(LineEvent.RISING_EDGE, 4_000_000_000L));
        next();
        source.close();
        source.close();

        InOrder order = inOrder(chip);
        order.verify(chip).closeLineEvent(event);
        order.verify(chip).closeLine(line);
        order.verify(chip, times(1)).close();
        verify(chip, times(1)).closeLine(any());
    }

    @Test
    void interruptCutsTheWaitForTheThreadNotShort() throws Exception {
        source.open(FRONT, edges::add);
        DigitalInput input = context.registry().get("reedgate-line-17", DigitalInput.class);
        Thread.currentThread().interrupt();
        input.shutdown(context);

        assertThat(Thread.interrupted()).as("is there again").isTrue();
        InOrder order = inOrder(chip);
        order.verify(chip).closeLineEvent(event);
        order.verify(chip).closeLine(line);
    }

    @Test
    void chipStaysOpenWhileAThreadThatDoesNotEndUsesIt() throws Exception {
        CountDownLatch isIn = new CountDownLatch(1);
        CompletableFuture<Void> mayReturn = new CompletableFuture<>();
        Context hasty = Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(new KernelInputProvider(() -> chip, clock::get, Duration.ZERO))
                .build();
        Pi4jLineSource hanging = new Pi4jLineSource(hasty, clock::get);
        hanging.open(FRONT, edge -> {
            isIn.countDown();
            mayReturn.join();
        });
        kernel.add(new Edge(LineEvent.RISING_EDGE, 4_000_000_000L));
        assertThat(isIn.await(20, TimeUnit.SECONDS)).isTrue();
        hanging.close();
        hanging.close();
        verify(chip, never()).closeLine(any());
        verify(chip, never()).close();

        mayReturn.complete(null);
        while (!hasty.isShutdown()) {
            hanging.close();
        }
        InOrder order = inOrder(chip);
        order.verify(chip).closeLineEvent(event);
        order.verify(chip).closeLine(line);
        order.verify(chip).close();
    }

    @Test
    void lineIsFreeAgainIfThereIsNoThreadForIt() {
        Context full = mock(Context.class);
        when(full.submitTask(any())).thenThrow(new RejectedExecutionException("planted"));
        KernelInputProvider provider = new KernelInputProvider(() -> chip, clock::get, Duration.ofSeconds(20));
        KernelInput input = new KernelInput(
                provider,
                DigitalInput.newConfigBuilder(context)
                        .id("front")
                        .address(17)
                        .pull(PullResistance.PULL_UP)
                        .build(),
                chip,
                clock::get,
                0);

        assertThatThrownBy(() -> input.initialize(full)).isInstanceOf(InitializeException.class);
        verify(chip).closeLine(line);
        assertThat(input.isReleased()).isTrue();
    }

    @Test
    void gpiodOfPi4jIsReplaced() {
        DigitalInputProvider theirs = mock(DigitalInputProvider.class);
        when(theirs.id()).thenReturn(GpioDDigitalInputProvider.newInstance().id());
        assertThat(Pi4jContexts.replaced(theirs)).isInstanceOf(KernelInputProvider.class);
        when(theirs.id()).thenReturn("simulator-digital-input");
        assertThat(Pi4jContexts.replaced(theirs)).isSameAs(theirs);
    }

    @Test
    void lineWhoseEdgesCanNotBeReadStillHasALevelAndIsReleased() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        when(line.eventWait(anyLong())).thenThrow(new GpioDException("EIO"));
        when(line.getValue()).thenReturn(1);
        doAnswer(call -> {
                    ended.countDown();
                    return null;
                })
                .when(chip)
                .closeLineEvent(event);
        source.open(FRONT, edges::add);

        assertThat(ended.await(20, TimeUnit.SECONDS)).as("the thread ends").isTrue();
        assertThat(source.read(17)).isEqualTo(Level.HIGH);
        source.close();
        verify(chip).closeLine(line);
    }

    private io.github.reedgate.line.LineEvent next() throws InterruptedException {
        io.github.reedgate.line.LineEvent edge = edges.poll(20, TimeUnit.SECONDS);
        assertThat(edge).as("an edge in time").isNotNull();
        return java.util.Objects.requireNonNull(edge);
    }
}
