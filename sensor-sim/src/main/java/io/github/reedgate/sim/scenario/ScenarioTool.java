package io.github.reedgate.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Checks scenarios and shows the ready ones, as a tool that programs find through {@link ToolProvider#findFirst} without
 * being compiled against the simulator:
 *
 * <pre>
 * check FILE [DOOR …]    0 if it is right, 1 if not; with doors, the names in it must be among them
 * list                   names and titles of the ready scenarios
 * show NAME              the text of one
 * </pre>
 *
 * Anything else returns 2. Stateless.
 */
public final class ScenarioTool implements ToolProvider {

    /** The tool's name. */
    public static final String NAME = "reedgate-scenario";

    /** No scenario is longer; a device would never end. */
    private static final int LARGEST_BYTES = 1_048_576;

    /** For the service loader. */
    public ScenarioTool() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        List<String> words = List.of(args);
        String what = words.isEmpty() ? "" : words.get(0);
        if (what.equals("check") && words.size() > 1) {
            return check(out, err, words.get(1), words.subList(2, words.size()));
        }
        if (what.equals("list") && words.size() == 1) {
            return list(out, err);
        }
        if (what.equals("show") && words.size() == 2) {
            return show(out, err, words.get(1));
        }
        err.println("expected: check FILE [DOOR …], list or show NAME");
        return 2;
    }

    private static int check(PrintWriter out, PrintWriter err, String file, List<String> doors) {
        try {
            Scenario scenario = ScenarioReader.read(text(file), doors);
            out.println(file + ": '" + scenario.title() + "' is right");
            return 0;
        } catch (ScenarioException wrong) {
            wrong.mistakes().forEach(mistake -> err.println(file + ", " + mistake));
        } catch (NoSuchFileException missing) {
            err.println(file + ": there is no such file");
        } catch (CharacterCodingException wrong) {
            err.println(file + ": it is not text in UTF-8");
        } catch (IOException unreadable) {
            err.println(file + ": it cannot be read: " + unreadable.getMessage());
        }
        return 1;
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] content = in.readNBytes(LARGEST_BYTES + 1);
            if (content.length > LARGEST_BYTES) {
                throw new IOException("it is longer than " + LARGEST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (InvalidPathException wrong) {
            throw new IOException("no file has such a name", wrong);
        }
    }

    private static int list(PrintWriter out, PrintWriter err) {
        for (String name : ReadyScenarios.names()) {
            try {
                out.printf(
                        "%-20s %s%n",
                        name, ScenarioReader.read(ReadyScenarios.text(name)).title());
            } catch (ScenarioException wrong) {
                err.println(name + ": " + wrong.getMessage());
                return 1;
            }
        }
        return 0;
    }

    private static int show(PrintWriter out, PrintWriter err, String name) {
        try {
            out.print(ReadyScenarios.text(name));
            return 0;
        } catch (IllegalArgumentException unknown) {
            err.println(unknown.getMessage());
            return 1;
        }
    }
}
