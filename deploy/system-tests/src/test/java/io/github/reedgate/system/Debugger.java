package io.github.reedgate.system;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds single threads of a running gateway, as a hung read or a deadlock would. {@link #close} lets all go on. */
final class Debugger implements AutoCloseable {

    /** The option for the JVM that is to be held. */
    static final String OPTION = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";

    private static final Pattern LISTENING = Pattern.compile("Listening for transport dt_socket at address: (\\d+)");

    private final VirtualMachine machine;

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    /** Attaches to a gateway that was started with {@link #OPTION}. */
    static Debugger attached(RunningGateway gateway) {
        Waiting.until(
                "the JVM says where it listens",
                () -> LISTENING.matcher(gateway.logged()).find());
        Matcher address = LISTENING.matcher(gateway.logged());
        if (!address.find()) {
            throw new AssertionError("no address in " + gateway.logged());
        }
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        Map<String, String> where = Map.of("hostname", "127.0.0.1", "port", address.group(1));
        where.forEach((name, value) -> arguments.computeIfPresent(name, (known, argument) -> set(argument, value)));
        try {
            return new Debugger(connector.attach(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connector.Argument set(Connector.Argument argument, String value) {
        argument.setValue(value);
        return argument;
    }

    /** Holds one thread. */
    void hold(String thread) {
        thread(thread).suspend();
    }

    /** Lets it go on. */
    void release(String thread) {
        thread(thread).resume();
    }

    private ThreadReference thread(String name) {
        return machine.allThreads().stream()
                .filter(thread -> thread.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no thread " + name));
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            throw new AssertionError("the gateway ended while it was held", e);
        }
    }
}
