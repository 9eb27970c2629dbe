package io.github.reedgate.setup;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a person for what is not known yet. Each answer is checked at once, by reading the configuration it would give, and
 * asked for again if it can't be used. Owned by one thread; blocks while a person thinks.
 */
public final class Interview {

    private static final SensorPlan ANY_SENSOR = new SensorPlan("door", 17, Map.of());

    private final Dialogue dialogue;
    private final Path file;
    private final String suggestedId;
    private boolean ended;

    /**
     * An interview.
     *
     * @param dialogue the person
     * @param file where the configuration is going to be
     * @param suggestedId an id to suggest for the gateway
     */
    public Interview(Dialogue dialogue, Path file, String suggestedId) {
        this.dialogue = dialogue;
        this.file = file;
        this.suggestedId = suggestedId;
    }

    /**
     * Asks for what is missing.
     *
     * @param known what was given already; it is not asked for
     * @return empty if the person left before the end
     */
    public Optional<Answers> complete(Answers known) {
        String id = known.gatewayId()
                .orElseGet(() -> ask("Gateway id, the topic level after reedgate/", suggestedId, this::idProblem));
        String name = known.gatewayName().orElseGet(() -> ask("Its name for people", id, text -> Optional.empty()));
        String url = known.url()
                .orElseGet(() -> ask(
                        "Broker, such as mqtts://broker.example.org:8883",
                        "",
                        text -> urlProblem(text, known.insecure())));
        String user = known.user().orElseGet(() -> ask("User name at the broker", id, text -> Optional.empty()));
        Optional<String> password = known.password().or(() -> user.isEmpty() || ended ? Optional.empty() : secret());
        Optional<Path> ca = known.ca().or(() -> isEncrypted(url) ? ca() : Optional.empty());
        List<SensorPlan> sensors = known.sensors().isEmpty() ? sensors() : known.sensors();
        return ended
                ? Optional.empty()
                : Optional.of(new Answers(
                        Optional.of(id),
                        Optional.of(name),
                        Optional.of(url),
                        Optional.of(user),
                        password,
                        ca,
                        known.insecure(),
                        sensors));
    }

    /**
     * Asks a question that is answered with yes or no.
     *
     * @param suggestion what an empty answer stands for
     * @return false if nobody answers any more
     */
    public boolean confirm(String question, boolean suggestion) {
        String answer = ask(
                question + " (yes or no)",
                suggestion ? "yes" : "no",
                text -> text.matches("(?i)y|yes|n|no")
                        ? Optional.empty()
                        : Optional.of("'" + text + "' is neither; answer yes or no"));
        return !ended && answer.matches("(?i)y|yes");
    }

    /** Asks until the answer can be used; an empty text if the person left. */
    private String ask(String question, String suggestion, Function<String, Optional<String>> problem) {
        while (!ended) {
            Optional<String> answer = dialogue.ask(question, suggestion);
            if (answer.isEmpty()) {
                ended = true;
                return "";
            }
            Optional<String> wrong = problem.apply(answer.get());
            if (wrong.isEmpty()) {
                return answer.get();
            }
            dialogue.say("  " + wrong.get());
        }
        return "";
    }

    private Optional<String> secret() {
        boolean kept = Files.exists(file.resolveSibling(Plan.PASSWORD_FILE));
        Optional<String> secret = dialogue.askSecret(
                "Password, not shown while typed (" + (kept ? "empty: the present one stays" : "empty: none") + ")");
        ended |= secret.isEmpty();
        return secret;
    }

    private Optional<Path> ca() {
        boolean kept = Files.exists(file.resolveSibling(Plan.CA_FILE));
        String answer = ask(
                "File with the broker's own certificate authority ("
                        + (kept ? "empty: the present one stays" : "empty: a public one") + ")",
                "",
                text -> text.isEmpty() || Files.isReadable(Path.of(text))
                        ? Optional.empty()
                        : Optional.of("there is no file " + text + " that can be read"));
        return answer.isEmpty() ? Optional.empty() : Optional.of(Path.of(answer));
    }

    private List<SensorPlan> sensors() {
        List<SensorPlan> sensors = new ArrayList<>();
        if (ended) {
            return sensors;
        }
        dialogue.say("");
        HeaderDrawing.lines(Map.of()).forEach(dialogue::say);
        dialogue.say("");
        while (!ended) {
            String id = ask(
                    sensors.isEmpty() ? "First sensor's id" : "Next sensor's id (empty: no more)",
                    sensors.isEmpty() ? "front_door" : "",
                    text -> text.isEmpty()
                            ? Optional.empty()
                            : sensorProblem(new SensorPlan(text, freeLine(sensors), Map.of()), sensors));
            if (id.isEmpty()) {
                break;
            }
            sensor(id, sensors).ifPresent(sensors::add);
        }
        return sensors;
    }

    private Optional<SensorPlan> sensor(String id, List<SensorPlan> before) {
        Map<String, String> settings = new LinkedHashMap<>();
        String type = ask(
                "  What it watches: door, window, garage_door, opening or tamper",
                "door",
                text -> sensorProblem(new SensorPlan(id, freeLine(before), Map.of("type", text)), before));
        String where = ask("  Where it is wired, such as pin11 or line17", "", text -> whereProblem(id, text, before));
        String contact = ask(
                "  Contact: normally_open (usual reed switch) or normally_closed",
                "normally_open",
                text -> sensorProblem(new SensorPlan(id, freeLine(before), Map.of("contact", text)), before));
        if (ended) {
            return Optional.empty();
        }
        settings.put("type", type);
        settings.put("contact", contact);
        try {
            return Optional.of(new SensorPlan(id, SensorPlan.line(where), settings));
        } catch (SetupException e) {
            throw new IllegalStateException("an answer that was checked is refused", e);
        }
    }

    private Optional<String> idProblem(String id) {
        return problem(new Plan(id, Optional.empty(), anyBroker("mqtts://localhost", false), List.of(ANY_SENSOR)));
    }

    private Optional<String> urlProblem(String url, boolean insecure) {
        return problem(new Plan("home", Optional.empty(), anyBroker(url, insecure), List.of(ANY_SENSOR)));
    }

    private Optional<String> whereProblem(String id, String where, List<SensorPlan> before) {
        try {
            return sensorProblem(new SensorPlan(id, SensorPlan.line(where), Map.of()), before);
        } catch (SetupException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> sensorProblem(SensorPlan sensor, List<SensorPlan> before) {
        List<SensorPlan> all = new ArrayList<>(before);
        all.add(sensor);
        return problem(new Plan("home", Optional.empty(), anyBroker("mqtts://localhost", false), all));
    }

    private Optional<String> problem(Plan plan) {
        return plan.problems(file).stream().findFirst();
    }

    private static Plan.Broker anyBroker(String url, boolean insecure) {
        return new Plan.Broker(url, Optional.empty(), false, false, insecure);
    }

    /** A line that no sensor has yet. */
    private static int freeLine(List<SensorPlan> sensors) {
        int line = 2;
        while (isTaken(line, sensors)) {
            line++;
        }
        return line;
    }

    private static boolean isTaken(int line, List<SensorPlan> sensors) {
        return sensors.stream().anyMatch(sensor -> sensor.line() == line);
    }

    private static boolean isEncrypted(String url) {
        try {
            String scheme = URI.create(url).getScheme();
            return "mqtts".equals(scheme) || "wss".equals(scheme);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
