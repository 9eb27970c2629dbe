package io.github.reedgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The installed gateway: a folder with {@code bin/reedgate} and {@code lib}. Immutable.
 *
 * @param folder the folder
 */
record Distribution(Path folder) {

    private static final Pattern OPTION = Pattern.compile("(?<= )(-XX?:?[^ \\\\]+|--enable-[^ \\\\]+)(?= )");

    /** The script that starts it. */
    Path launcher() {
        return folder.resolve("bin/reedgate");
    }

    /** What a JVM of this measurement is started with: the script's own options, its libraries, and these classes. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>();
        try {
            String script = Files.readString(launcher());
            Matcher matcher = OPTION.matcher(script.substring(script.indexOf("set -- \"$java\"")));
            while (matcher.find()) {
                options.add(matcher.group());
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new BenchException("the JVM's options can't be read from " + launcher(), e);
        }
        if (options.isEmpty()) {
            throw new BenchException("no JVM options found in " + launcher());
        }
        options.add("-cp");
        options.add(folder.resolve("lib") + "/*:" + System.getProperty("reedgate.bench.classes"));
        return options;
    }
}
