package io.github.reedgate.app;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.core.WalkOrder;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.json.Json;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
 * arm MODE [ID,ID...]    ok                     armed, or on the way to it; MODE is home, away or night; ID is bypassed:
 *                                               a sensor's, or that of its tamper loop; 32 at most
 * disarm                 ok
 * ack                    ok                     somebody knows of the alarm
 *                        refused REASON ID,ID   the panel did not do it, because of these sensors
 * status                 ok JSON                the latest payload of each retained topic by its name, and beside them
 *                                               outputs, notices_waiting, walk_test, subscriptions_lost and set_aside,
 *                                               and foreign_watermark and panel_lost if there is such a fault
 * walktest begin SECONDS ok JSON                how far the walk test is, as {@link WalkText} writes it
 * walktest look NUMBER   ok JSON                the same; whoever does not look ends it after 10 s
 * walktest end NUMBER    ok JSON
 *                        refused REASON         not_disarmed, running or unknown
 * anything else          error REASON
 * </pre>
 *
 * An answer is given once what it says is on disk. If that can't be written, or not in time, {@code not_stored} stands behind
 * {@code ok}, {@code ok MILLISECONDS} and {@code late}, and {@code "stored":false} in a walk test's JSON: it is done, and a
 * restart may forget it.
 *
 * Safe for use by several threads.
 */
final class ControlRequests implements CommandDesk.Askers, ControlSocket.Answers {

    private static final String UNKNOWN = "error unknown request; 'test-alarm SECONDS', 'arm MODE [SENSORS]', 'disarm',"
            + " 'ack', 'status' and 'walktest begin SECONDS' are known";
    private static final String NOT_STORED = " not_stored";
    private static final String LATE = "error the gateway did not answer in time";
    private static final String BY = "control socket";
    private static final String IDS = PanelSensor.ID + "(?:," + PanelSensor.ID + "){0,31}";

    private final InputQueue queue;
    private final Duration patience;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, CompletableFuture<Boolean>> alarms = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Boolean>> tests = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<String>> answers = new ConcurrentHashMap<>();

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
        complete(alarms, requestId, true);
    }

    @Override
    public void answered(StepOutput.PanelAnswered answered, boolean stored) {
        complete(answers, answered.requestId(), text(answered.answer(), stored));
    }

    @Override
    public void walked(StepOutput.WalkAnswered answered, boolean stored) {
        complete(answers, answered.requestId(), WalkText.answer(answered.answer(), stored));
    }

    @Override
    public void raised(StepOutput.TestRaised raised, boolean stored) {
        complete(tests, raised.requestId(), stored);
    }

    private static <T> void complete(Map<Long, CompletableFuture<T>> waiting, long requestId, T answer) {
        CompletableFuture<T> one = waiting.remove(requestId);
        if (one != null) {
            one.complete(answer);
        }
    }

    /** Answers one request; blocks until there is an answer or it takes too long. */
    @Override
    public String answer(String request) throws InterruptedException {
        String[] words = request.split(" ", -1);
        if (words.length == 2 && words[0].equals("test-alarm") && words[1].matches("[0-9]{1,3}")) {
            return testAlarm(Integer.parseInt(words[1]));
        } else if (request.equals("status")) {
            return status();
        }
        Optional<WalkOrder> order = WalkText.order(words);
        if (order.isPresent()) {
            return await(answers, id -> new LoopInput.Core(new Input.WalkOrdered(order.get(), id)), patience)
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

    /** Two are waited for: the broker, and the disk, from which it is sent if the broker does not take it. */
    private String testAlarm(int wanted) throws InterruptedException {
        int seconds = Math.max(1, Math.min(600, wanted));
        long startNanos = System.nanoTime();
        CompletableFuture<Boolean> stored = new CompletableFuture<>();
        Optional<Boolean> done = await(
                alarms,
                id -> {
                    tests.put(id, stored);
                    return new LoopInput.Core(new Input.TestRequested(id));
                },
                Duration.ofSeconds(seconds));
        String answer = done.isPresent() ? "ok " + (System.nanoTime() - startNanos) / 1_000_000 : "late";
        boolean isStored = false;
        try {
            isStored = stored.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            tests.values().removeIf(each -> each == stored);
        }
        return isStored ? answer : answer + NOT_STORED;
    }

    private String command(PanelCommand command) throws InterruptedException {
        return await(answers, id -> new LoopInput.Core(new Input.PanelCommanded(command, id)), patience)
                .orElse(LATE);
    }

    private static String text(PanelAnswer answer, boolean stored) {
        String text = answer instanceof PanelAnswer.Refused refused
                ? "refused " + refused.reason().word() + " " + String.join(",", refused.sensors())
                : "ok";
        return stored || answer instanceof PanelAnswer.Refused ? text : text + NOT_STORED;
    }

    private String status() throws InterruptedException {
        Map<Long, CompletableFuture<Glance>> looks = new ConcurrentHashMap<>();
        Optional<Glance> found = await(
                looks,
                id -> new LoopInput.Look(
                        glance -> Optional.ofNullable(looks.get(id)).ifPresent(look -> look.complete(glance))),
                patience);
        return found.map(glance -> "ok " + json(glance)).orElse(LATE);
    }

    private <T> Optional<T> await(
            Map<Long, CompletableFuture<T>> waiting, LongFunction<LoopInput> input, Duration longest)
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
        return Json.write(json -> {
            for (Message each : glance.latest()) {
                json.text(each.topic(), each.payload());
            }
            json.value("broker", glance.broker());
            json.value("queue", glance.queue());
            json.value("outputs", glance.outputs());
            json.number("notices_waiting", glance.noticesWaiting());
            json.flag("walk_test", glance.walkTest());
            json.value("subscriptions_lost", subscriptions(glance.lostSubscriptions()));
            json.raw("set_aside", "[" + String.join(",", glance.setAside()) + "]");
            if (glance.foreignWatermark().isPresent()) {
                ForeignWatermark foreign = glance.foreignWatermark().get();
                json.value(
                        ForeignWatermark.NOTE,
                        Json.fields("time", ClockText.utc(foreign.time()), "reason", foreign.reason()));
            }
            json.known("panel_lost", glance.panelLost());
        });
    }

    private static Map<String, Map<String, String>> subscriptions(List<LostSubscription> all) {
        Map<String, Map<String, String>> fields = LostSubscription.fields(all);
        for (LostSubscription each : all) {
            fields.computeIfAbsent(each.topic(), topic -> new LinkedHashMap<>()).put("reason", each.reason());
        }
        return fields;
    }
}
