package io.github.reedgate.alarm;

import io.github.reedgate.command.Action;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.CommandText;
import io.github.reedgate.command.Gate;
import io.github.reedgate.command.GateState;
import io.github.reedgate.command.Nonces;
import io.github.reedgate.command.Policy;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.command.Tries;
import io.github.reedgate.command.Verdict;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signed commands to a house from outside, and the gate that they have to pass. Of all that only the nonces that were used
 * outlive a restart, as they are kept.
 */
final class Orders {

    private static final Gate GATE = new Gate(Policy.STRICT, "home");

    /** What is sent. */
    enum Kind {
        /** One that has to be carried out. */
        VALID,
        /** One that was carried out before, to the letter. */
        AGAIN,
        /** One that has expired, with a nonce that nobody has used. */
        EXPIRED,
        /** One that somebody else signed, with the nonce of the next valid one. */
        FORGED
    }

    private final List<String> done;
    private final List<String> surprises;
    private GateState state;

    private Orders(List<String> done, List<String> surprises, GateState state) {
        this.done = new ArrayList<>(done);
        this.surprises = new ArrayList<>(surprises);
        this.state = state;
    }

    /** Nothing was ordered yet. */
    Orders() {
        this(List.of(), List.of(), GateState.starting(Tries.NONE, 0));
    }

    Orders copy() {
        return new Orders(done, surprises, state);
    }

    /** The power goes and comes back: what is kept is a line of text. */
    void restart(long nowNanos) {
        Nonces kept = Nonces.restored(state.nonces().text(), nowNanos);
        state = GateState.starting(Tries.NONE, kept, nowNanos);
    }

    /** What was carried out and must not have been, or the other way round; empty if all is well. */
    List<String> surprises() {
        return surprises;
    }

    /**
     * Sends one; gives what the panel is to do, if anything.
     *
     * @param number of 0 or more: which of those that were carried out is sent again, else the seconds it is valid or has expired for
     */
    Optional<PanelCommand> send(Kind kind, Action action, int number, Timestamp now) {
        if (kind == Kind.AGAIN && done.isEmpty()) {
            return Optional.empty();
        }
        String payload = kind == Kind.AGAIN ? done.get(number % done.size()) : signed(kind, action, number, now.wall());
        Optional<PanelCommand> granted = judged(payload, new io.github.reedgate.command.Moment(now, true));
        if (granted.isPresent() != (kind == Kind.VALID)) {
            surprises.add(kind + " " + payload + " at " + now.wall());
        }
        if (granted.isPresent()) {
            done.add(payload);
        }
        return granted;
    }

    private String signed(Kind kind, Action action, int seconds, Instant now) {
        return switch (kind) {
            case EXPIRED -> SignedCommands.payload(action, done.size(), now.minusSeconds(seconds));
            case FORGED -> SignedCommands.forged(action, done.size(), now.plusSeconds(1 + seconds));
            default -> SignedCommands.payload(action, done.size(), now.plusSeconds(1 + seconds));
        };
    }

    private Optional<PanelCommand> judged(String payload, io.github.reedgate.command.Moment now) {
        Verdict verdict = take(GATE.screen(state, CommandText.read(payload), false, now));
        if (verdict instanceof Verdict.Check check) {
            verdict = take(GATE.judge(state, check.command(), SignedCommands.match(check.proof()), now));
        }
        return verdict instanceof Verdict.Granted granted
                ? Optional.of(panelCommand(granted.command()))
                : Optional.empty();
    }

    private Verdict take(Gate.Outcome outcome) {
        state = outcome.state();
        return outcome.verdict();
    }

    private static PanelCommand panelCommand(Command command) {
        return switch (command.action()) {
            case ARM_HOME -> new PanelCommand.Arm(AlarmMode.HOME, Set.of(), "anna");
            case ARM_AWAY -> new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna");
            case ARM_NIGHT -> new PanelCommand.Arm(AlarmMode.NIGHT, Set.of(), "anna");
            case DISARM -> new PanelCommand.Disarm("anna");
            case ACKNOWLEDGE -> new PanelCommand.Acknowledge("anna");
        };
    }
}
