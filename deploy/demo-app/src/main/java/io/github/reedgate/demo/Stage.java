package io.github.reedgate.demo;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that takes part, set up and running: broker, gateway, door, window and phone. Closing it ends all of it and removes
 * its files; that may be done by any thread and more than once.
 */
final class Stage implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Board board;
    private final Path folder;
    private final Received received = new Received();
    private final Deque<AutoCloseable> running = new ArrayDeque<>(); // guarded by this
    private final TestBroker broker;
    private final GatewayProcess gateway;
    private final Phone phone;
    private final Door door;
    private final Door window;
    private boolean brokerUp = true;

    /**
     * Starts all of it and waits until the phone knows how the house is.
     *
     * @param launcher the distribution's bin/reedgate
     * @param everywhere whether the broker can be reached from other machines
     * @param board where the phone's column is shown
     */
    Stage(Path launcher, boolean everywhere, Board board) throws InterruptedException {
        this.board = board;
        try {
            folder = Files.createTempDirectory("reedgate-demo");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
        running.push(() -> remove(folder));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stage-end"));
        try {
            broker = running(TestBroker.create(options(everywhere)));
            broker.start();
            House house = House.written(folder, broker.port());
            house.addPerson(launcher);
            gateway = running(GatewayProcess.start(launcher, house.configuration(), folder.resolve("gateway.log")));
            phone = running(Phone.subscribed(broker.port(), "phone", House.ROOT + "/#", this::arrived));
            awaitGateway();
            door = running(new Door(folder.resolve("sim.sock"), House.DOOR));
            window = running(new Door(folder.resolve("sim.sock"), House.WINDOW));
        } catch (DemoException e) {
            lastWords().forEach(board::across);
            close();
            throw e;
        }
    }

    private static BrokerOptions options(boolean everywhere) {
        BrokerOptions options = BrokerOptions.plain().with(Transport.WS, 0);
        try {
            return everywhere ? options.withBindAddress(InetAddress.getByName("0.0.0.0")) : options;
        } catch (UnknownHostException e) {
            throw new DemoException("the address of all interfaces is not known", e);
        }
    }

    private void awaitGateway() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!received.await(Stage::ready, LOOK_AGAIN)) {
            if (!gateway.isAlive()) {
                throw new DemoException("the gateway ended at once");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException("the phone heard nothing within " + START_LIMIT.toSeconds() + " s");
            }
        }
    }

    private static boolean ready(Received so) {
        return so.lastOn(House.DOOR + "/state").equals("closed")
                && so.lastOn(House.WINDOW + "/state").equals("closed")
                && so.lastOn("panel/state").equals("disarmed");
    }

    private synchronized <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }

    private void arrived(Arrival arrival) {
        board.arrived(arrival);
        received.add(arrival);
    }

    Received received() {
        return received;
    }

    Phone phone() {
        return phone;
    }

    Door door() {
        return door;
    }

    Door window() {
        return window;
    }

    TestBroker broker() {
        return broker;
    }

    boolean isBrokerUp() {
        return brokerUp;
    }

    /** Stops the broker; takes some seconds. */
    void cutBroker() {
        broker.stop();
        brokerUp = false;
    }

    /** Starts the broker again with what it had stored. */
    void restoreBroker() {
        broker.start();
        brokerUp = true;
    }

    boolean gatewayLives() {
        return gateway.isAlive();
    }

    /** The gateway's last lines, for when something went wrong. */
    List<String> lastWords() {
        synchronized (this) {
            return running.stream()
                    .filter(GatewayProcess.class::isInstance)
                    .map(GatewayProcess.class::cast)
                    .flatMap(process -> process.lastWords().stream())
                    .map(line -> "  gateway: " + line)
                    .toList();
        }
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            AutoCloseable part = running.pop();
            try {
                part.close();
            } catch (Exception e) { // the rest must still be closed
                board.across("  (while cleaning up: " + e + ")");
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
