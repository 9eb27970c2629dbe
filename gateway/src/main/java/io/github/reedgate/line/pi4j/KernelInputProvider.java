package io.github.reedgate.line.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.library.gpiod.internal.GpioDContext;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes {@link KernelInput}s; takes the place of the provider of digital inputs that Pi4J brings for {@code gpiod}. */
final class KernelInputProvider extends DigitalInputProviderBase {

    /** The id of the provider whose place it takes. */
    static final String ID = "gpiod-digital-input";

    private final Supplier<GpioDContext> chip;
    private final LongSupplier nanoTime;

    /**
     * A provider.
     *
     * @param chip gives the chip, whose native library is loaded by then
     * @param nanoTime the monotonic clock; called on the inputs' threads
     */
    KernelInputProvider(Supplier<GpioDContext> chip, LongSupplier nanoTime) {
        super(ID, "reedgate digital inputs by the kernel's time");
        this.chip = chip;
        this.nanoTime = nanoTime;
    }

    @Override
    public DigitalInputProvider initialize(Context context) throws InitializeException {
        super.initialize(context);
        chip.get().initialize();
        return this;
    }

    @Override
    public DigitalInput create(DigitalInputConfig config) {
        KernelInput input = new KernelInput(this, config, chip.get(), nanoTime);
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
