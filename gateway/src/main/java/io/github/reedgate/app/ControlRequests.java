package io.github.reedgate.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.core.Effect;
import io.github.reedgate.core.Event;
import io.github.reedgate.core.WalkAnswer;
import io.github.reedgate.core.WalkOrder;
import io.github.reedgate.message.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Answers what is asked on the control socket; whoever may connect to it may do all of this, without a code:
 *
 * <pre>
 * test-alarm SECONDS     ok MILLISECONDS        the broker acknowledged the test alarm after that time
 *                        late                   it did not within SECONDS (1 to 600); the alarm is kept and sent later
 * arm MODE [ID,ID...]    ok                     armed, or on the way to it; MODE is home, away or night; ID is bypassed
 * disarm                 ok
 * ack                    ok                     somebody knows of the alarm
 *                        refused REASON ID,ID   the panel did not do it, because of these sensors
 * status                 ok JSON                the latest payload of each retained topic by its name, and beside them
 *                                               outputs, notices_waiting and walk_test
 * walktest begin SECONDS ok JSON                how far the walk test is, as {@link WalkText} writes it
 * walktest look NUMBER   ok JSON                the same; whoever does not look ends it after 10 s
 * walktest end NUMBER    ok JSON
 *                        refused REASON         not_disarmed, running or unknown
 * anything else          error REASON
 * </pre>
 *
 * Safe for use by several threads.
 */
final class ControlRequests {

    private static final String UNKNOWN = "error unknown request; 'test-alarm SECONDS', 'arm MODE [SENSORS]', 'disarm',"
            + " 'ack', 'status' and 'walktest begin SECONDS' are known";
    private static final String LATE = "error the gateway did not answer in time";
    private static final String BY = "control socket";
    private static final String IDS = "[a-z0-9_-]{1,32}(,[a-z0-9_-]{1,32}){0,31}";
    private static final JsonFactory JSON = new JsonFactory();

    private final InputQueue queue;
    private final Duration patience;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, CompletableFuture<Boolean>> alarms = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<PanelAnswer>> commands = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<WalkAnswer>> walks = new ConcurrentHashMap<>();

    /**
     * Requests that nobody has made yet.
     *
     * @param queue where they go
     * @param patience how long the loop may take to answer one
     */
    ControlRequests(InputQueue queue, Duration patience) {
        this.queue = queue;
        this.patience = patience;
    }

    /** The message that a request asked for was acknowledged; called by the loop thread. */
    void delivered(long requestId) {
        CompletableFuture<Boolean> answer = alarms.remove(requestId);
        if (answer != null) {
            answer.complete(true);
        }
    }

    /** The panel has answered a command; called by the loop thread. */
    void answered(Effect.PanelAnswered answered) {
        CompletableFuture<PanelAnswer> answer = commands.remove(answered.requestId());
        if (answer != null) {
            answer.complete(answered.answer());
        }
    }

    /** The core has answered about a walk test; called by the loop thread. */
    void walked(Effect.WalkAnswered answered) {
        CompletableFuture<WalkAnswer> answer = walks.remove(answered.requestId());
        if (answer != null) {
            answer.complete(answered.answer());
        }
    }

    /** Answers one request; blocks until there is an answer or it takes too long. */
    String answer(String request) throws InterruptedException {
        String[] words = request.split(" ", -1);
        if (words.length == 2 && words[0].equals("test-alarm") && words[1].matches("[0-9]{1,3}")) {
            return testAlarm(Integer.parseInt(words[1]));
        } else if (request.equals("status")) {
            return status();
        }
        Optional<WalkOrder> order = WalkText.order(words);
        if (order.isPresent()) {
            return await(walks, id -> new Input.Core(new Event.WalkOrdered(order.get(), id)), patience)
                    .map(WalkText::answer)
                    .orElse(LATE);
        }
        Optional<PanelCommand> command = command(words);
        return command.isPresent() ? command(command.get()) : UNKNOWN;
    }

    private static Optional<PanelCommand> command(String[] words) {
        if (words.length == 1 && words[0].equals("disarm")) {
            return Optional.of(new PanelCommand.Disarm(BY));
        } else if (words.length == 1 && words[0].equals("ack")) {
            return Optional.of(new PanelCommand.Acknowledge(BY));
        } else if ((words.length == 2 || (words.length == 3 && words[2].matches(IDS))) && words[0].equals("arm")) {
            Set<String> bypass = words.length == 2 ? Set.of() : Set.copyOf(Arrays.asList(words[2].split(",", -1)));
            return Arrays.stream(AlarmMode.values())
                    .filter(mode -> mode.word().equals(words[1]))
                    .findFirst()
                    .map(mode -> new PanelCommand.Arm(mode, bypass, BY));
        }
        return Optional.empty();
    }

    private String testAlarm(int wanted) throws InterruptedException {
        int seconds = Math.max(1, Math.min(600, wanted));
        long startNanos = System.nanoTime();
        Optional<Boolean> done =
                await(alarms, id -> new Input.Core(new Event.TestRequested(id)), Duration.ofSeconds(seconds));
        return done.isPresent() ? "ok " + (System.nanoTime() - startNanos) / 1_000_000 : "late";
    }

    private String command(PanelCommand command) throws InterruptedException {
        Optional<PanelAnswer> answer =
                await(commands, id -> new Input.Core(new Event.PanelCommanded(command, id)), patience);
        if (answer.isEmpty()) {
            return LATE;
        }
        return answer.get() instanceof PanelAnswer.Refused refused
                ? "refused " + refused.reason().word() + " " + String.join(",", refused.sensors())
                : "ok";
    }

    private String status() throws InterruptedException {
        Map<Long, CompletableFuture<Glance>> looks = new ConcurrentHashMap<>();
        Optional<Glance> found = await(
                looks,
                id -> new Input.Look(
                        glance -> Optional.ofNullable(looks.get(id)).ifPresent(look -> look.complete(glance))),
                patience);
        return found.map(glance -> "ok " + json(glance)).orElse(LATE);
    }

    private <T> Optional<T> await(Map<Long, CompletableFuture<T>> waiting, LongFunction<Input> input, Duration longest)
            throws InterruptedException {
        long id = lastRequest.incrementAndGet();
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        queue.offer(input.apply(id));
        try {
            return Optional.of(answer.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } finally {
            waiting.remove(id);
        }
    }

    private static String json(Glance glance) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (Message each : glance.latest()) {
                json.writeStringField(each.topic(), each.payload());
            }
            json.writeObjectFieldStart("outputs");
            for (Map.Entry<String, String> output : glance.outputs().entrySet()) {
                json.writeStringField(output.getKey(), output.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("notices_waiting", glance.noticesWaiting());
            json.writeBooleanField("walk_test", glance.walkTest());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toString();
    }
}
