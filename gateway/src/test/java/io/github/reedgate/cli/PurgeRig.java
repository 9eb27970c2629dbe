package io.github.reedgate.cli;

import io.github.reedgate.app.Leftovers;
import io.github.reedgate.setup.Dialogue;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.LogSamples;
import io.github.reedgate.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A gateway {@code home} with one door that has run and stopped, was once called {@code old} and had a window. */
final class PurgeRig {

    /** What it has under its present id, and had: the window's is remembered only. */
    static final List<String> OWN = List.of(
            "reedgate/home/window/state",
            "reedgate/home/availability",
            "reedgate/home/diagnostics",
            "reedgate/home/diagnostics/watermark",
            "reedgate/home/door/state",
            "reedgate/home/door/detail",
            "homeassistant/device/reedgate_home/config");

    /** What it remembers of its former id. */
    static final List<String> OLD = List.of("reedgate/old/availability", "homeassistant/device/reedgate_old/config");

    private static final Map<String, String> HOME =
            Map.of("REEDGATE_BROKER_USER", "home", "REEDGATE_BROKER_PASSWORD", "secret");

    private final Path folder;
    private Optional<Dialogue> person = Optional.empty();

    /** Its configuration file and state are in the folder. */
    PurgeRig(Path folder, int brokerPort) throws IOException, StoreException {
        this.folder = folder;
        Files.writeString(folder.resolve("reedgate.yaml"), """
                gateway: {id: home}
                broker: {url: 'mqtt://localhost:%d'}
                state_dir: %s
                homeassistant: {discovery: {enabled: true}}
                sensors: {door: {line: 17}}
                """.formatted(brokerPort, folder));
        Files.createFile(lock());
        try (EventStore store = LogSamples.open(folder)) {
            store.putNote(
                    Leftovers.NOTE,
                    "t " + String.join("\nt ", OLD) + "\nt reedgate/home/window/state\np sensor window_since\n"
                            + "t reedgate/home/door/state");
        }
    }

    /** Somebody who types that when asked. */
    void answering(String answer) {
        person = Optional.of(new Dialogue() {
            @Override
            public Optional<String> ask(String question, String suggestion) {
                return Optional.of(answer.isEmpty() ? suggestion : answer);
            }

            @Override
            public Optional<String> askSecret(String question) {
                throw new AssertionError("there is no secret");
            }

            @Override
            public void say(String line) {
                throw new AssertionError("nothing is to be said");
            }
        });
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /** What the gateway remembers at its next start. */
    List<String> remembered() throws StoreException {
        try (EventStore store = LogSamples.open(folder)) {
            return store.note(Leftovers.NOTE).lines().toList();
        }
    }

    CommandRun purge(String... options) {
        String[] arguments = Stream.concat(
                        Stream.of("--config", folder.resolve("reedgate.yaml").toString()), Stream.of(options))
                .toArray(String[]::new);
        return CommandRun.start(new PurgeCommand(HOME, () -> person), arguments);
    }
}
