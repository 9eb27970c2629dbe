package io.github.reedgate.line.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.platform.Platform;
import com.pi4j.provider.Provider;
import io.github.reedgate.line.LineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Makes a Pi4J context with one provider of digital inputs, and one of digital outputs if there is one of the same name,
 * chosen by name among the plug-ins that Java's service loader finds. Nothing is detected: Pi4J's own detection would start
 * every plug-in there is.
 */
public final class Pi4jContexts {

    private static final String SUFFIX = "-digital-input";
    private static final String OUTPUT_SUFFIX = "-digital-output";

    /** An input's thread ends within milliseconds, unless a listener does not return. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Pi4jContexts() {}

    /**
     * A new context; shut it down when done.
     *
     * @param providerName {@code gpiod} or {@code simulator}
     * @param properties handed to the provider as Pi4J properties; may be empty
     * @throws LineException if there is no such provider or it does not start
     */
    public static Context create(String providerName, Map<String, String> properties) throws LineException {
        List<Provider<?, ?, ?>> found = new ArrayList<>();
        for (Plugin plugin : ServiceLoader.load(Plugin.class)) {
            plugin.initialize(new Collector(found));
        }
        TreeSet<String> names = new TreeSet<>();
        for (Provider<?, ?, ?> provider : found) {
            if (!(provider instanceof DigitalInputProvider input)) {
                continue;
            }
            names.add(input.id().replace(SUFFIX, ""));
            if (input.id().equals(providerName + SUFFIX)) {
                return build(providers(replaced(input), output(providerName, found)), properties);
            }
        }
        throw new LineException("no GPIO provider '" + providerName + "' is installed; there are: " + names);
    }

    /** Returns our own provider in place of Pi4J's for {@code gpiod}, any other one as it is. */
    static DigitalInputProvider replaced(DigitalInputProvider input) {
        return input.id().equals(KernelInputProvider.ID)
                ? new KernelInputProvider(GpioDContext::getInstance, System::nanoTime, PATIENCE)
                : input;
    }

    private static Optional<DigitalOutputProvider> output(String providerName, List<Provider<?, ?, ?>> found) {
        return found.stream()
                .filter(DigitalOutputProvider.class::isInstance)
                .map(DigitalOutputProvider.class::cast)
                .filter(output -> output.id().equals(providerName + OUTPUT_SUFFIX))
                .findFirst();
    }

    private static Provider<?, ?, ?>[] providers(DigitalInputProvider input, Optional<DigitalOutputProvider> output) {
        return output.isEmpty() ? new Provider<?, ?, ?>[] {input} : new Provider<?, ?, ?>[] {input, output.get()};
    }

    private static Context build(Provider<?, ?, ?>[] providers, Map<String, String> properties) throws LineException {
        try {
            return Pi4J.newContextBuilder()
                    .noAutoDetect()
                    .disableShutdownHook()
                    .properties(properties)
                    .add(providers)
                    .build();
        } catch (Pi4JException | IllegalStateException | UnsatisfiedLinkError e) {
            throw new LineException("GPIO provider '" + providers[0].id() + "' does not start: " + e.getMessage(), e);
        }
    }

    /** Takes the providers a plug-in registers, without a context. */
    private record Collector(List<Provider<?, ?, ?>> found) implements PluginService {

        @Override
        public Context context() {
            throw new UnsupportedOperationException("there is no context while plug-ins are looked through");
        }

        @Override
        @SuppressWarnings("rawtypes")
        public PluginService register(Provider... providers) {
            for (Provider<?, ?, ?> provider : providers) {
                found.add(provider);
            }
            return this;
        }

        @Override
        public PluginService register(Platform... platforms) {
            return this;
        }
    }
}
