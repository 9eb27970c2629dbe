package io.github.reedgate.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's configuration in the demo: one door, one window, an alarm panel, and one person with a code.
 *
 * @param configuration the file with it
 */
record House(Path configuration) {

    static final String ROOT = "reedgate/home";
    static final String DOOR = "front_door";
    static final String WINDOW = "kitchen_window";
    static final String PERSON = "anna";
    static final String CODE = "2580";

    private static final int LIMIT_SECONDS = 120;

    /**
     * Writes the configuration.
     *
     * @param folder where it and all state go; exists
     * @param brokerPort the broker's port on this machine
     */
    static House written(Path folder, int brokerPort) {
        try {
            return new House(Files.writeString(folder.resolve("reedgate.yaml"), """
                    gateway:
                      id: home
                    state_dir: %s
                    broker:
                      url: mqtt://localhost:%d
                      retry:
                        first: 200ms
                        max: 1s
                    alarm:
                      away:
                        exit_delay: 2s
                    sensors:
                      front_door:
                        name: Front door
                        line: 17
                        alarm: always
                      kitchen_window:
                        name: Kitchen window
                        type: window
                        line: 27
                    """.formatted(folder, brokerPort)));
        } catch (IOException e) {
            throw new DemoException("cannot write the gateway's configuration to " + folder, e);
        }
    }

    /** Gives the person the code with {@code reedgate user add}; takes a second or two. */
    void addPerson(Path launcher) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(
                            launcher.toString(),
                            "user",
                            "add",
                            PERSON,
                            "--code-from",
                            "-",
                            "-c",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream input = process.getOutputStream()) {
                input.write((CODE + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DemoException("the program that adds a user did not end");
            }
            if (process.exitValue() != 0) {
                throw new DemoException("no user could be added: exit code " + process.exitValue());
            }
        } catch (IOException e) {
            throw new DemoException("cannot start " + launcher, e);
        }
    }
}
