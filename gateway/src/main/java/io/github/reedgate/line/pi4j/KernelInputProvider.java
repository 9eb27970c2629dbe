package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.library.gpiod.internal.GpioDContext;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Creates {@link KernelInput}s. Replaces the provider of digital inputs in Pi4J's plug-in {@code gpiod}, and has its id. */
final class KernelInputProvider extends DigitalInputProviderBase {

    /** The id of both providers. */
    static final String ID = "gpiod-digital-input";

    private final Supplier<GpioDContext> chip;
    private final LongSupplier nanoTime;
    private final Duration patience;

    /**
     * Creates a provider; nothing is opened yet.
     *
     * @param chip returns the chip; called when the native library is loaded
     * @param nanoTime the monotonic clock; called on the inputs' threads
     * @param patience how long the end of an input waits for its thread
     */
    KernelInputProvider(Supplier<GpioDContext> chip, LongSupplier nanoTime, Duration patience) {
        super(ID, "reedgate GPIO digital input");
        this.chip = chip;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    @Override
    public DigitalInputProvider initialize(Context context) throws InitializeException {
        super.initialize(context);
        chip.get().initialize();
        return this;
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        KernelInput input = new KernelInput(this, config, chip.get(), nanoTime, patience.toNanos());
        context().registry().add(input);
        return input;
    }

    @Override
    public DigitalInputProvider shutdown(Context context) throws ShutdownException {
        super.shutdown(context);
        chip.get().close();
        return this;
    }
}
