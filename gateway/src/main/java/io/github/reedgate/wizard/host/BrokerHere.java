package io.github.reedgate.wizard.host;

import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/** The broker on this machine, which the program {@code reedgate-broker} sets up. Used by one thread; blocks. */
public final class BrokerHere {

    /** Where the package puts the program. */
    public static final Path PROGRAM = Path.of("usr/share/reedgate/broker/reedgate-broker");

    private static final Path HOME = Path.of("etc/mosquitto/reedgate");
    private static final int PORT = 8883;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String NAME = "reedgate-broker: ";
    private static final String FIX = "fix: ";

    private final Path root;
    private final Commands commands;
    private final boolean isRoot;
    private final IntPredicate isPortTaken;

    /**
     * On a machine.
     *
     * @param root what stands for {@code /}
     * @param isRoot true if the user may change everything
     * @param isPortTaken whether something listens at a port of this machine
     */
    public BrokerHere(Path root, Commands commands, boolean isRoot, IntPredicate isPortTaken) {
        this.root = root;
        this.commands = commands;
        this.isRoot = isRoot;
        this.isPortTaken = isPortTaken;
    }

    /** Tries to connect to a port of this machine. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What keeps a broker from being set up here; changes nothing. */
    Outcome look(String gatewayId) throws InterruptedException {
        if (!isRoot) {
            return wrong("only root may set up a broker", "put sudo in front: sudo reedgate setup");
        }
        if (!Files.isExecutable(root.resolve(PROGRAM))) {
            return wrong(
                    "/" + PROGRAM + " is not there, which sets up the broker",
                    "install the package reedgate, or choose a broker elsewhere");
        }
        if (!Files.isDirectory(root.resolve("etc/mosquitto"))) {
            return wrong(
                    "mosquitto is not installed",
                    "in another terminal: sudo apt install mosquitto openssl; then choose 1 again");
        }
        if (!Files.exists(root.resolve(HOME).resolve("settings")) && isPortTaken.test(PORT)) {
            return wrong(
                    "port " + PORT + " is taken by another program",
                    "see which: sudo ss -ltnp; stop it, or use that broker: choose 2");
        }
        Commands.Ran ran = commands.run(command(gatewayId, List.of(), List.of(), true), LIMIT);
        return ran.isWell() ? new Outcome.Well() : failure(ran);
    }

    /**
     * Sets it up, with an account for the gateway and each reader.
     *
     * @param prefixes options that say how topics begin, if they begin in another way than usual
     */
    Outcome setUp(String gatewayId, List<String> readers, List<String> prefixes) throws InterruptedException {
        Commands.Ran ran = commands.run(command(gatewayId, readers, prefixes, false), LIMIT);
        return ran.isWell() ? new Outcome.Well() : failure(ran);
    }

    private List<String> command(String gatewayId, List<String> readers, List<String> prefixes, boolean isTrial) {
        List<String> command = new ArrayList<>(List.of("/" + PROGRAM, "setup", "--gateway", gatewayId));
        readers.forEach(reader -> command.addAll(List.of("--phone", reader)));
        command.addAll(prefixes);
        if (isTrial) {
            command.add("--print");
        }
        return command;
    }

    /** An account for a reader of a broker that is set up. One that is there keeps what it may read. */
    Outcome add(String reader) throws InterruptedException {
        Commands.Ran ran = commands.run(List.of("/" + PROGRAM, "setup", "--phone", reader), LIMIT);
        return ran.isWell() ? new Outcome.Well() : failure(ran);
    }

    /** True if the program has set up a broker here. */
    boolean isThere() {
        return Files.exists(root.resolve(HOME).resolve("settings"));
    }

    /** The accounts whose passwords it has; empty if there are none, or this user may not look. */
    Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(root.resolve(HOME).resolve("credentials"), "*.password")) {
            files.forEach(
                    path -> accounts.add(String.valueOf(path.getFileName()).replace(".password", "")));
        } catch (IOException | DirectoryIteratorException e) {
            return Set.of();
        }
        return accounts;
    }

    /** Its URL. */
    String url() throws IOException {
        String settings = Files.readString(root.resolve(HOME).resolve("settings"));
        boolean isOwn = authority().isPresent();
        return "mqtts://"
                + (isOwn ? "localhost" : value(settings, "names", "localhost").split(",", 2)[0]) + ":"
                + value(settings, "port", String.valueOf(PORT));
    }

    private static String value(String settings, String key, String other) {
        return settings.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(other);
    }

    /** The password of an account. */
    String password(String user) throws IOException {
        return Files.readString(root.resolve(HOME).resolve("credentials").resolve(user + ".password"))
                .strip();
    }

    /** Its own authority, if it has one. */
    Optional<Path> authority() {
        return Optional.of(root.resolve(HOME).resolve("ca.crt")).filter(Files::isReadable);
    }

    /** What the program says about a failure, with what it tells to do. */
    private static Wrong failure(Commands.Ran ran) {
        List<String> said = ran.err()
                .lines()
                .map(line -> line.startsWith(NAME) ? line.substring(NAME.length()) : line)
                .filter(line -> !line.isBlank())
                .toList();
        String fix = said.stream()
                .filter(line -> line.startsWith(FIX))
                .map(line -> line.substring(FIX.length()))
                .findFirst()
                .orElse("");
        String seen = said.stream()
                .filter(line -> !line.startsWith(FIX))
                .reduce((first, last) -> first.contains("does not come up") ? first : last)
                .orElse("reedgate-broker ended with " + ran.code());
        return new Wrong(Part.OTHER, seen, fix);
    }

    private static Wrong wrong(String seen, String fix) {
        return new Wrong(Part.OTHER, seen, fix);
    }
}
