package io.github.reedgate.wizard;

import io.github.reedgate.line.Pull;
import io.github.reedgate.setup.SensorPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the conversation is. Immutable.
 *
 * @param at the question that is asked, or was asked last
 * @param draft what is known
 * @param trial the broker elsewhere whose answers are being given
 * @param found the door that has been found and has no name yet
 * @param pull the resistor with which lines are watched
 * @param ntfy the target that is being set up
 */
public record State(
        Question at, Draft draft, BrokerChoice trial, Optional<Found> found, Pull pull, Optional<Phone.Ntfy> ntfy) {

    /**
     * A door that has been found.
     *
     * @param line its line
     * @param settings what is known of it, with the configuration's words
     */
    public record Found(int line, Map<String, String> settings) {

        /** Copies the settings. */
        public Found {
            settings = Map.copyOf(settings);
        }
    }

    static State of(Draft draft) {
        return new State(
                Question.BROKER,
                draft,
                draft.broker().orElse(BrokerChoice.ELSEWHERE),
                Optional.empty(),
                Pull.UP,
                Optional.empty());
    }

    State at(Question question) {
        return new State(question, draft, trial, found, pull, ntfy);
    }

    State with(Draft known) {
        return new State(at, known, trial, found, pull, ntfy);
    }

    State with(BrokerChoice broker) {
        return new State(at, draft, broker, found, pull, ntfy);
    }

    State with(Pull resistor) {
        return new State(at, draft, trial, found, resistor, ntfy);
    }

    State found(int line, Map<String, String> settings) {
        return new State(at, draft, trial, Optional.of(new Found(line, settings)), pull, ntfy);
    }

    State with(Phone.Ntfy target) {
        return new State(at, draft, trial, found, pull, Optional.of(target));
    }

    List<SensorPlan> doors() {
        return draft.doors();
    }
}
