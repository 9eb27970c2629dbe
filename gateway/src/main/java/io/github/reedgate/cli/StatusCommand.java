package io.github.reedgate.cli;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate status}: tells what the running gateway knows of panel and sensors. Owned by one command line. */
@Command(
        name = "status",
        description = {
            "Tells the state of the alarm panel, of each sensor and of each output, as the running gateway knows it,"
                    + " with or without a broker.",
            "Tells, too, which topics it does not hear and which messages were set aside.",
            "Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String PANEL = "panel";

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Option(
            names = "--json",
            description =
                    "The latest payload of each retained topic, with outputs, waiting notices, lost subscriptions and"
                            + " messages set aside, as a JSON object on one line.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<Path> folder = store.folder(err);
        return folder.map(path -> new ControlClient(path, err).ask("status", this::tell))
                .orElseGet(store::failure);
    }

    private int tell(String answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!answer.startsWith("ok ")) {
                err.println("reedgate: the gateway answered: " + answer);
                return ExitCode.FAILED;
            }
            Map<String, Object> payloads = parsed(JsonObject.read(answer.substring("ok ".length())));
            if (json) {
                out.println(LogJson.value(payloads));
            } else {
                lines(payloads).forEach(out::println);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            err.println("reedgate: the gateway's answer can't be read: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Payloads that are JSON objects become maps. */
    private static Map<String, Object> parsed(Map<String, Object> texts) throws IOException {
        Map<String, Object> payloads = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : texts.entrySet()) {
            Object value = each.getValue();
            payloads.put(
                    each.getKey(),
                    value instanceof String text && text.startsWith("{") ? JsonObject.read(text) : value);
        }
        return payloads;
    }

    private static List<String> lines(Map<String, Object> payloads) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> each : payloads.entrySet()) {
            String topic = each.getKey();
            if (topic.endsWith("/state")) {
                String above = topic.substring(0, topic.lastIndexOf('/'));
                String id = above.substring(above.lastIndexOf('/') + 1);
                boolean isPanel = id.equals(PANEL);
                Object detail = payloads.get(above + "/detail");
                String more = detail instanceof Map<?, ?> fields ? more(fields, isPanel) : "";
                lines.add(
                        isPanel ? 0 : lines.size(),
                        String.format(Locale.ROOT, "%-16s %s%s", id, each.getValue(), more));
            }
        }
        if (payloads.get("outputs") instanceof Map<?, ?> outputs) {
            outputs.forEach((id, word) -> lines.add(String.format(Locale.ROOT, "%-16s %s (output)", id, word)));
        }
        if (payloads.get("notices_waiting") instanceof Number waiting && waiting.longValue() > 0) {
            lines.add(String.format(Locale.ROOT, "%-16s %d waiting", "notices", waiting.longValue()));
        }
        lines.addAll(DeliveryTrouble.lines(payloads));
        if (payloads.get("panel_lost") instanceof String why) {
            lines.add("the alarm panel's memory is lost: " + SafeText.line(why, 200)
                    + "; the state above is not certain until somebody arms or disarms it");
        }
        if (Boolean.TRUE.equals(payloads.get("walk_test"))) {
            lines.add("a walk test runs: the panel raises no alarm until it is over");
        }
        return lines;
    }

    private static String more(Map<?, ?> detail, boolean isPanel) {
        StringBuilder more = new StringBuilder();
        if (detail.get("since") != null) {
            more.append(" since ").append(detail.get("since"));
        }
        if (!isPanel) {
            return "ok".equals(detail.get("health"))
                    ? more.toString()
                    : more.append(", ").append(detail.get("health")).toString();
        }
        if (detail.get("deadline") != null) {
            more.append(", until ").append(detail.get("deadline"));
        }
        for (String list : List.of("open", "bypassed")) {
            if (detail.get(list) instanceof List<?> ids && !ids.isEmpty()) {
                more.append(", ")
                        .append(list)
                        .append(' ')
                        .append(String.join(
                                " ", ids.stream().map(String::valueOf).toList()));
            }
        }
        if (detail.get("mode") == null && detail.get("ready") instanceof Map<?, ?> ready) {
            modes(", ready for ", true, ready, more);
            modes(", not ready for ", false, ready, more);
        }
        if (detail.get("incident_id") != null) {
            more.append(", incident ").append(detail.get("incident_id"));
        }
        return more.toString();
    }

    private static void modes(String before, boolean isReady, Map<?, ?> ready, StringBuilder more) {
        String modes = ready.entrySet().stream()
                .filter(each -> Boolean.valueOf(isReady).equals(each.getValue()))
                .map(each -> String.valueOf(each.getKey()))
                .collect(Collectors.joining(" "));
        more.append(modes.isEmpty() ? "" : before + modes);
    }
}
