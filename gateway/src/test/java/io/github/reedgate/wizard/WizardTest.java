package io.github.reedgate.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.Pull;
import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.wizard.Runner.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every question with good, wrong, empty, repeated and interrupted answers, and what each leads to. */
final class WizardTest {

    /** From the first question to the end, with a broker on this machine and a push. */
    private static final List<String> SHORTEST = List.of("", "", "", "", "", "", "");

    /** The same with a broker elsewhere. */
    private static final List<String> ELSEWHERE =
            List.of("2", "mqtts://broker.example.org", "home", "secret", "", "4", "");

    private static final Scene.Present PRESENT = new Scene.Present(
            "home",
            "mqtts://localhost:8883",
            List.of("front_door"),
            Set.of(17),
            List.of("phone"),
            List.of("url", "client_id", "keep_alive"));

    private static String[] with(List<String> all, int index, String... instead) {
        List<String> changed = new ArrayList<>(all);
        changed.remove(index);
        changed.addAll(index, Arrays.asList(instead));
        return changed.toArray(String[]::new);
    }

    @Test
    void enterAloneLeadsToAnAlarmOnThePhoneWithinTwelveAnswers() {
        Talk talk = new Talk();
        assertThat(talk.answers(SHORTEST.toArray(String[]::new))).isEqualTo(Result.WRITTEN);
        assertThat(talk.prompts()).hasSizeLessThanOrEqualTo(12).hasSize(SHORTEST.size());
        Draft written = talk.written();
        assertThat(written.broker()).hasValue(BrokerChoice.HERE);
        assertThat(written.id()).isEqualTo("home");
        assertThat(written.doors())
                .containsExactly(
                        new SensorPlan("front_door", 17, Map.of("name", "Front door", "contact", "normally_open")));
        assertThat(written.phones()).containsExactly(new Phone.Ntfy("phone", "https://ntfy.sh", Talk.TOPIC));
        assertThat(talk.told()).contains("ntfy://ntfy.sh/" + Talk.TOPIC, "GPIO17 (pin 11) moved");
    }

    @Test
    void brokerElsewhereIsTriedAtOnce() {
        Talk talk = new Talk();
        assertThat(talk.answers(ELSEWHERE.toArray(String[]::new))).isEqualTo(Result.WRITTEN);
        assertThat(talk.actions().get(0))
                .isEqualTo(new Action.TryBroker(
                        new BrokerChoice(
                                false, "mqtts://broker.example.org", "home", "secret", Optional.empty(), false),
                        "home"));
        assertThat(talk.prompts()).hasSizeLessThanOrEqualTo(12);
    }

    /** A place in the conversation, an answer that can't be used there, and what is said of it. */
    record Wrong(List<String> answers, int index, String answer, String said) {

        @Override
        public String toString() {
            return "'" + answer + "' as answer " + index;
        }
    }

    static Stream<Wrong> wrongs() {
        String tooLong = "x".repeat(65);
        return Stream.of(
                new Wrong(SHORTEST, 0, "3", "'3' is neither. Type 1 or 2"),
                new Wrong(SHORTEST, 0, "on this Pi", "is neither"),
                new Wrong(SHORTEST, 1, tooLong, "1 to 64 visible characters"),
                new Wrong(SHORTEST, 1, "a\u202Eb", "visible characters"),
                new Wrong(SHORTEST, 1, "a\uFFFDb", "visible characters"),
                new Wrong(SHORTEST, 2, "5", "'5' is none of them"),
                new Wrong(SHORTEST, 2, "ntfy", "'ntfy' is none of them"),
                new Wrong(SHORTEST, 4, "perhaps", "'perhaps' is neither; answer yes or no"),
                new Wrong(SHORTEST, 5, "0", "'0' is none of them"),
                new Wrong(SHORTEST, 6, "maybe", "'maybe' is neither"),
                new Wrong(ELSEWHERE, 1, "", "broker.url"),
                new Wrong(ELSEWHERE, 1, "http://broker", "broker.url"),
                new Wrong(ELSEWHERE, 1, "mqtts://", "broker.url"));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void answerThatCannotBeUsedIsRefusedAtOnceAndAskedForAgain(Wrong wrong) {
        Talk talk = new Talk();
        String good = wrong.answers().get(wrong.index());
        Result result = talk.answers(with(wrong.answers(), wrong.index(), wrong.answer(), wrong.answer(), good));
        assertThat(result).as(talk.toString()).isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains(wrong.said());
        assertThat(talk.prompts()).hasSize(wrong.answers().size() + 2);
        assertThat(talk.prompts().get(wrong.index() + 1))
                .isEqualTo(talk.prompts().get(wrong.index()));
    }

    static Stream<Integer> places() {
        return Stream.iterate(0, at -> at < SHORTEST.size(), at -> at + 1);
    }

    @ParameterizedTest
    @MethodSource("places")
    void whoLeavesAtAnyQuestionLeavesNothingBehind(int at) {
        for (List<String> all : List.of(SHORTEST, ELSEWHERE)) {
            Talk talk = new Talk();
            assertThat(talk.answers(all.subList(0, at).toArray(String[]::new))).isEqualTo(Result.LEFT);
            assertThat(talk.isWritten()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void wayBackLeadsToTheQuestionBeforeAndOnAgain(int at) {
        for (List<String> all : List.of(SHORTEST, ELSEWHERE)) {
            Talk talk = new Talk();
            List<String> answers = new ArrayList<>(all.subList(0, at));
            answers.add("b");
            answers.addAll(all.subList(Math.max(0, at - 1), all.size()));
            assertThat(talk.answers(answers.toArray(String[]::new)))
                    .as(talk.toString())
                    .isEqualTo(Result.WRITTEN);
            Talk straight = new Talk();
            straight.answers(all.toArray(String[]::new));
            assertThat(talk.written()).isEqualTo(straight.written());
            assertThat(talk.prompts().get(at + 1)).isEqualTo(straight.prompts().get(Math.max(0, at - 1)));
        }
    }

    @Test
    void wayBackFromTheFirstQuestionSaysSo() {
        Talk talk = new Talk();
        talk.answers("b");
        assertThat(talk.told()).contains("This is the first question; Ctrl-C leaves.");
    }

    @Test
    void whoSaysNoAtTheEndChangesNothing() {
        Talk talk = new Talk();
        assertThat(talk.answers(with(SHORTEST, 6, "no"))).isEqualTo(Result.NOT_WRITTEN);
        assertThat(talk.isWritten()).isFalse();
        // what was changed by a try before is known to the hands alone
        assertThat(talk.told()).doesNotContain("Nothing was changed");
    }

    @Test
    void clearTextToAnotherMachineIsAskedFor() {
        Talk talk = new Talk();
        assertThat(talk.answers("2", "mqtt://broker.lan", "perhaps", "yes", "", "", "4", ""))
                .isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("clear text", "'perhaps' is neither");
        assertThat(talk.written().broker().orElseThrow().insecure()).isTrue();

        Talk other = new Talk();
        other.answers("2", "mqtt://broker.lan", "", "mqtts://broker.lan", "", "", "4", "");
        assertThat(other.written().broker().orElseThrow().url()).isEqualTo("mqtts://broker.lan");
        assertThat(other.written().broker().orElseThrow().insecure()).isFalse();
    }

    @Test
    void clearTextWithinThisMachineIsNot() {
        Talk talk = new Talk();
        assertThat(talk.answers("2", "mqtt://localhost:1883", "", "", "4", "")).isEqualTo(Result.WRITTEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADDRESS", "CERTIFICATE", "LOGIN", "OTHER"})
    void brokerThatCannotBeUsedKeepsTheAnswersAndAsksForWhatIsWrong(String part) {
        Talk talk = new Talk();
        int[] tries = {0};
        talk.when(action -> action instanceof Action.TryBroker && tries[0]++ == 0
                ? Optional.of(new Outcome.Wrong(Outcome.Part.valueOf(part), "it failed", "mend this"))
                : Optional.empty());
        talk.answers("2", "mqtts://broker.example.org", "home", "secret", "", "x", "x", "x");
        assertThat(talk.told()).contains("It failed.", "Fix: mend this.", "Your answers are kept");
        String asked = switch (part) {
            case "CERTIFICATE" -> "File with the broker's own authority, PEM (empty: a public one)";
            case "LOGIN" -> "User name there (empty: none)";
            default -> "The broker's URL, such as mqtts://broker.example.org:8883";
        };
        assertThat(talk.prompts().get(4)).isEqualTo(asked);
        assertThat(talk.suggestions().get(4))
                .isEqualTo(
                        part.equals("CERTIFICATE") ? "" : part.equals("LOGIN") ? "home" : "mqtts://broker.example.org");
    }

    @Test
    void pastedUrlTakesThePlaceOfTheOneThatStoodThere() {
        Talk talk = new Talk();
        talk.answers("2", "mqtts://oldmqtts://new.example.org:8883", "", "4", "");
        assertThat(talk.actions().get(0))
                .isInstanceOfSatisfying(
                        Action.TryBroker.class,
                        trial -> assertThat(trial.broker().url()).isEqualTo("mqtts://new.example.org:8883"));
    }

    @Test
    void brokerOfAPresentGatewayIsTriedUnderItsId() {
        Talk talk = new Talk().present(PRESENT);
        talk.answers("3", "2", "mqtts://b.example.org", "bob", "secret", "");
        assertThat(talk.actions().get(0))
                .isInstanceOfSatisfying(
                        Action.TryBroker.class,
                        trial -> assertThat(trial.gatewayId()).isEqualTo("home"));
    }

    @Test
    void machineThatCannotHaveABrokerLeadsToTheChoiceAgain() {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.LookAtThisMachine ? Optional.of(Talk.NO) : Optional.empty());
        assertThat(talk.answers("1", "2", "mqtts://b", "", "", "4", "")).isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("It is broken.", "Fix: mend it.");
    }

    @Test
    void switchThatOpensAtTheMagnetIsRecognised() {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.WatchOpening watch && watch.isFirst()
                ? Optional.of(new Outcome.Moved(List.of(4), Level.LOW))
                : Optional.empty());
        talk.answers(SHORTEST.toArray(String[]::new));
        assertThat(talk.written().doors().get(0).settings()).containsEntry("contact", "normally_closed");
        assertThat(talk.told()).contains("the magnet opens it");
    }

    @Test
    void switchToTheSupplyIsFoundWithTheOtherResistor() {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.WatchOpening watch && watch.isFirst()
                ? Optional.of(
                        watch.pull() == Pull.UP
                                ? new Outcome.Still(List.of(5))
                                : new Outcome.Moved(List.of(4), Level.LOW))
                : Optional.empty());
        talk.answers(SHORTEST.toArray(String[]::new));
        assertThat(talk.written().doors().get(0).settings())
                .containsEntry("pull", "down")
                .containsEntry("contact", "normally_open");
        assertThat(talk.told())
                .contains(
                        "No line moved in a minute.",
                        "GPIO5 (pin 29) changed by itself and was left out",
                        "The switch goes to 3.3 V");
    }

    /** What watching shows first, and what is said of it. */
    record Trouble(Outcome outcome, String said) {}

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble(new Outcome.Still(List.of()), "No line moved. Is the switch wired"),
                new Trouble(new Outcome.Chattered(22), "GPIO22 (pin 15) changes again and again"),
                new Trouble(
                        new Outcome.Moved(List.of(17, 27), Level.HIGH),
                        "GPIO17 (pin 11) and GPIO27 (pin 13) moved together"),
                new Trouble(Talk.NO, "It is broken."),
                new Trouble(new Outcome.Typed(false), ""),
                new Trouble(new Outcome.Typed(true), ""));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void doorThatIsNotFoundGetsItsPlaceTyped(Trouble trouble) {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.WatchOpening watch && watch.isFirst()
                ? Optional.of(trouble.outcome())
                : Optional.empty());
        List<String> answers = new ArrayList<>(List.of("", ""));
        answers.addAll(List.of("17", "pin1", "pin11 upside_down", "pin13 normally_closed", "Tür", "4", ""));
        assertThat(talk.answers(answers.toArray(String[]::new)))
                .as(talk.toString())
                .isEqualTo(Result.WRITTEN);
        assertThat(talk.told())
                .contains(
                        trouble.said(),
                        "At least one door is needed",
                        "say pin17 for the header's pin or line17",
                        "pin 1 is 3V3",
                        "'upside_down' is no form of a switch");
        assertThat(talk.written().doors())
                .containsExactly(new SensorPlan("tur", 27, Map.of("name", "Tür", "contact", "normally_closed")));
    }

    @Test
    void placeThatIsInUseIsRefused() {
        Talk talk = new Talk().present(PRESENT);
        talk.when(action -> action instanceof Action.WatchOpening watch && watch.isFirst()
                ? Optional.of(new Outcome.Typed(false))
                : Optional.empty());
        assertThat(talk.answers("1", "line17", "line27", "Shed", ""))
                .as(talk.toString())
                .isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("GPIO17 (pin 11) is in use already");
        assertThat(talk.actions().get(0)).isEqualTo(new Action.WatchOpening(Set.of(17), Pull.UP, true));
    }

    @Test
    void doorThatIsNotClosedIsAskedFor() {
        Talk talk = new Talk();
        talk.when(action ->
                action instanceof Action.WatchClosing ? Optional.of(new Outcome.Still(List.of())) : Optional.empty());
        talk.answers("", "w");
        assertThat(talk.told()).contains("did not move back in a minute");
        assertThat(talk.actions().stream().filter(Action.WatchOpening.class::isInstance))
                .hasSize(2);
    }

    @Test
    void personWhoLeavesWhileLinesAreWatchedLeavesNothingBehind() {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.WatchOpening ? Optional.of(new Outcome.Left()) : Optional.empty());
        assertThat(talk.answers("")).isEqualTo(Result.LEFT);
        assertThat(talk.isWritten()).isFalse();
    }

    @Test
    void namesOfAnyLanguageGetIdsThatDiffer() {
        assertThat(DoorNames.id("Haustür Nord", Set.of())).isEqualTo("haustur_nord");
        assertThat(DoorNames.id("厨房", Set.of())).isEqualTo("door");
        assertThat(DoorNames.id("厨房", Set.of("door"))).isEqualTo("door_2");
        assertThat(DoorNames.id("Straße 7", Set.of())).isEqualTo("strasse_7");
        assertThat(DoorNames.id("x".repeat(60), Set.of())).hasSize(29);
        assertThat(DoorNames.id("__!__", Set.of("door", "door_2"))).isEqualTo("door_3");
    }

    @Test
    void nameThatIsEmptyIsAskedForAgain() {
        Talk talk = new Talk().present(PRESENT);
        assertThat(talk.answers("1", "", "", "Shed", "yes")).as(talk.toString()).isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("A name is needed");
    }

    @Test
    void phoneThatDidNotRingIsTriedAgain() {
        Talk talk = new Talk();
        assertThat(talk.answers("", "", "", "", "no", "", "yes", "", "")).isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("Compare the topic");
        assertThat(talk.actions().stream().filter(Action.Push.class::isInstance))
                .hasSize(2);
    }

    @Test
    void serverThatDoesNotTakeTheTestIsTriedAgainOrLeft() {
        Talk talk = new Talk();
        talk.when(action -> action instanceof Action.Push ? Optional.of(Talk.NO) : Optional.empty());
        assertThat(talk.answers("", "", "1", "", "b", "4", ""))
                .as(talk.toString())
                .isEqualTo(Result.LEFT);
        assertThat(talk.told()).contains("It is broken.", "Enter tries it again; b goes back.");
    }

    @Test
    void eachWayToAPhoneIsTakenOnce() {
        Talk talk = new Talk();
        assertThat(talk.answers("", "", "2", "2", "3", "3", "1", "", "", "1", "4", ""))
                .as(talk.toString())
                .isEqualTo(Result.WRITTEN);
        assertThat(talk.written().phones())
                .containsExactly(
                        new Phone.MqttApp("phone"),
                        new Phone.HomeAssistant("homeassistant"),
                        new Phone.Ntfy("phone", "https://ntfy.sh", Talk.TOPIC));
    }

    @Test
    void laterRunAddsOnlyWhatIsAskedFor() {
        Talk door = new Talk().present(PRESENT);
        assertThat(door.answers("7", "1", "Shed", "")).isEqualTo(Result.WRITTEN);
        assertThat(door.told()).contains("The gateway 'home' is set up, with 1 door", "'7' is none of them");
        assertThat(door.written().broker()).isEmpty();
        assertThat(door.written().phones()).isEmpty();

        Talk phone = new Talk().present(PRESENT);
        assertThat(phone.answers("2", "", "", "", "", "")).isEqualTo(Result.WRITTEN);
        assertThat(phone.written().phones()).containsExactly(new Phone.Ntfy("phone_2", "https://ntfy.sh", Talk.TOPIC));
        assertThat(phone.written().doors()).isEmpty();

        Talk broker = new Talk().present(PRESENT);
        assertThat(broker.answers("3", "1", "")).isEqualTo(Result.WRITTEN);
        assertThat(broker.written().broker()).hasValue(BrokerChoice.HERE);

        Talk alarm = new Talk().present(PRESENT);
        assertThat(alarm.answers("4")).isEqualTo(Result.WRITTEN);
        assertThat(alarm.written().doors()).isEmpty();
    }

    @Test
    void doorWithTheNameOfAnotherGetsAnotherId() {
        Talk talk = new Talk().present(PRESENT);
        talk.when(action -> action instanceof Action.WatchOpening watch && watch.isFirst()
                ? Optional.of(new Outcome.Moved(List.of(22), Level.HIGH))
                : Optional.empty());
        talk.answers("1", "Front door", "");
        assertThat(talk.written().doors().get(0).id()).isEqualTo("front_door_2");
    }

    @Test
    void whatFailsAtTheEndKeepsTheAnswers() {
        Talk talk = new Talk();
        int[] tries = {0};
        talk.when(action ->
                action instanceof Action.CarryOut && tries[0]++ == 0 ? Optional.of(Talk.NO) : Optional.empty());
        List<String> answers = new ArrayList<>(SHORTEST);
        answers.addAll(List.of("what", "yes"));
        assertThat(talk.answers(answers.toArray(String[]::new))).isEqualTo(Result.WRITTEN);
        assertThat(talk.told()).contains("It is broken.", "Your answers are kept.");
        assertThat(tries[0]).isEqualTo(2);
    }

    @Test
    void nothingIsAskedIfAllIsGiven() {
        Draft all = new Draft(
                Optional.empty(),
                Optional.empty(),
                Optional.of(BrokerChoice.HERE),
                false,
                List.of(new SensorPlan("front_door", 17, Map.of())),
                true,
                List.of(),
                true);
        for (boolean somebody : List.of(true, false)) {
            Talk talk = new Talk().given(all);
            assertThat((somebody ? talk : talk.nobody()).answers()).isEqualTo(Result.WRITTEN);
            assertThat(talk.prompts()).isEmpty();
        }
    }

    @Test
    void laterRunThatIsGivenADoorAsksNothing() {
        Talk talk = new Talk()
                .present(PRESENT)
                .given(new Draft(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(new SensorPlan("shed", 27, Map.of())),
                        true,
                        List.of(),
                        false));
        assertThat(talk.answers()).isEqualTo(Result.WRITTEN);
        assertThat(talk.prompts()).isEmpty();
        assertThat(talk.written().doors()).hasSize(1);
    }

    @Test
    void nobodyToAskIsToldApartFromNo() {
        assertThat(new Talk().nobody().answers()).isEqualTo(Result.NOBODY);
        Talk failing = new Talk()
                .nobody()
                .given(new Draft(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(BrokerChoice.HERE),
                        false,
                        List.of(new SensorPlan("front_door", 17, Map.of())),
                        true,
                        List.of(),
                        true));
        failing.when(action -> action instanceof Action.LookAtThisMachine ? Optional.of(Talk.NO) : Optional.empty());
        assertThat(failing.answers()).isEqualTo(Result.NOBODY);
        assertThat(failing.told()).contains("It is broken.");
    }

    @Test
    void passwordIsPrintedByNothing() {
        BrokerChoice choice = new BrokerChoice(false, "mqtts://b", "u", "hidden!", Optional.empty(), false);
        Draft draft =
                Draft.EMPTY.withBroker(Optional.of(choice)).withPhone(new Phone.Ntfy("phone", "https://n", "sesame"));
        assertThat(choice + " " + State.of(draft) + " " + new Action.TryBroker(choice, "x")
                        + new Action.CarryOut(draft, true))
                .doesNotContain("hidden!", "sesame");
    }

    private static boolean hasAlarm(Talk talk) {
        return talk.actions().stream()
                .filter(Action.CarryOut.class::isInstance)
                .map(action -> ((Action.CarryOut) action).alarm())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @Test
    void testAlarmIsSentOnlyAfterAYes() {
        for (String answer : List.of("yes", "no")) {
            List<String> answers = new ArrayList<>(SHORTEST);
            answers.addAll(List.of("perhaps", answer));
            Talk first = new Talk().answersAlarm();
            assertThat(first.answers(answers.toArray(String[]::new))).isEqualTo(Result.WRITTEN);
            assertThat(hasAlarm(first)).isEqualTo(answer.equals("yes"));
            assertThat(first.told()).contains("it rings all phones", "'perhaps' is neither");

            Talk only = new Talk().answersAlarm().present(PRESENT);
            assertThat(only.answers("4", answer)).isEqualTo(answer.equals("yes") ? Result.WRITTEN : Result.NOT_WRITTEN);
            assertThat(only.isWritten()).isEqualTo(answer.equals("yes"));
        }
    }

    @Test
    void allThatIsGivenAtATerminalStillAsksForTheTestAlarm() {
        Draft door = new Draft(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(new SensorPlan("shed", 27, Map.of())),
                true,
                List.of(),
                false);
        Talk talk = new Talk().answersAlarm().present(PRESENT).given(door);
        assertThat(talk.answers("no")).isEqualTo(Result.WRITTEN);
        assertThat(hasAlarm(talk)).isFalse();

        Talk nobody = new Talk().present(PRESENT).given(door).nobody();
        assertThat(nobody.answers()).isEqualTo(Result.WRITTEN);
        assertThat(hasAlarm(nobody)).isFalse();

        Talk told = new Talk().present(PRESENT).given(door).nobody().testAlarm(true);
        assertThat(told.answers()).isEqualTo(Result.WRITTEN);
        assertThat(hasAlarm(told)).isTrue();
    }

    @Test
    void optionAloneSendsATestAlarm() {
        Talk talk = new Talk().present(PRESENT).nobody().testAlarm(true);
        assertThat(talk.answers()).isEqualTo(Result.WRITTEN);
        assertThat(hasAlarm(talk)).isTrue();
        assertThat(talk.written().doors()).isEmpty();
        assertThat(new Talk().present(PRESENT).nobody().testAlarm(false).answers())
                .isEqualTo(Result.NOBODY);
    }

    @Test
    void summaryNamesTheKeysThatGoWithTheFormerBroker() {
        Talk talk = new Talk().present(PRESENT);
        talk.answers("3", "2", "mqtts://b.example.org", "bob", "secret");
        assertThat(talk.told())
                .contains("belong to the former: broker.client_id")
                .doesNotContain("keep_alive");
    }

    @Test
    void whoLeavesWhileSomethingIsDoneEndsIt() {
        Talk talk = new Talk();
        talk.when(action -> {
            if (action instanceof Action.LookAtThisMachine) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });
        assertThat(talk.answers(SHORTEST.toArray(String[]::new))).isEqualTo(Result.LEFT);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(talk.prompts()).hasSize(1);
    }
}
