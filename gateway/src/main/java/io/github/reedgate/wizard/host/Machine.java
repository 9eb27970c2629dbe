package io.github.reedgate.wizard.host;

import io.github.reedgate.wizard.Action;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Runner;

/** Does on this machine what the conversation asks for. Used by one thread; blocks. */
public final class Machine implements Runner.Hands {

    private final Parts parts;
    private final boolean simulate;
    private final String gatewayId;

    /** What it works with. */
    public record Parts(
            BrokerHere here,
            BrokerTry elsewhere,
            HeaderWatch header,
            SimulatedDoors simulated,
            TestPush push,
            Installation installation) {}

    /**
     * Works.
     *
     * @param simulate true if doors are simulated
     * @param gatewayId the id that the gateway has or is going to have
     */
    public Machine(Parts parts, boolean simulate, String gatewayId) {
        this.parts = parts;
        this.simulate = simulate;
        this.gatewayId = gatewayId;
    }

    /** Opening the lines takes seconds on a slow machine: a door that moves meanwhile would not be noticed. */
    @Override
    public void prepare(Action action) {
        if (!simulate && action instanceof Action.WatchOpening watch) {
            parts.header().prepareOpening(watch.leftOut(), watch.pull());
        } else if (!simulate && action instanceof Action.WatchClosing watch) {
            parts.header().prepareClosing(watch.line(), watch.pull());
        }
    }

    @Override
    public Outcome carryOut(Action action) throws InterruptedException {
        if (action instanceof Action.LookAtThisMachine) {
            return parts.here().look(gatewayId);
        }
        if (action instanceof Action.TryBroker trial) {
            return parts.elsewhere().look(trial.broker(), trial.gatewayId());
        }
        if (action instanceof Action.WatchOpening watch) {
            return simulate
                    ? parts.simulated().opening(watch.leftOut(), watch.isFirst())
                    : parts.header().opening(watch.leftOut(), watch.pull());
        }
        if (action instanceof Action.WatchClosing watch) {
            return simulate
                    ? parts.simulated().closing(watch.line())
                    : parts.header().closing(watch.line(), watch.pull());
        }
        if (action instanceof Action.Push push) {
            return parts.push().send(push.target());
        }
        if (action instanceof Action.CarryOut all) {
            return parts.installation().carryOut(all.draft(), all.alarm());
        }
        throw new IllegalArgumentException(action.toString());
    }
}
