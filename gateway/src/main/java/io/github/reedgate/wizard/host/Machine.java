package io.github.reedgate.wizard.host;

import io.github.reedgate.wizard.Deed;
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
    public void prepare(Deed deed) {
        if (!simulate && deed instanceof Deed.WatchOpening watch) {
            parts.header().prepareOpening(watch.leftOut(), watch.pull());
        } else if (!simulate && deed instanceof Deed.WatchClosing watch) {
            parts.header().prepareClosing(watch.line(), watch.pull());
        }
    }

    @Override
    public Outcome carryOut(Deed deed) throws InterruptedException {
        if (deed instanceof Deed.LookAtThisMachine) {
            return parts.here().look(gatewayId);
        }
        if (deed instanceof Deed.TryBroker trial) {
            return parts.elsewhere().look(trial.broker(), trial.gatewayId());
        }
        if (deed instanceof Deed.WatchOpening watch) {
            return simulate
                    ? parts.simulated().opening(watch.leftOut(), watch.isFirst())
                    : parts.header().opening(watch.leftOut(), watch.pull());
        }
        if (deed instanceof Deed.WatchClosing watch) {
            return simulate
                    ? parts.simulated().closing(watch.line())
                    : parts.header().closing(watch.line(), watch.pull());
        }
        if (deed instanceof Deed.Push push) {
            return parts.push().send(push.target());
        }
        if (deed instanceof Deed.CarryOut all) {
            return parts.installation().carryOut(all.draft());
        }
        throw new IllegalArgumentException(deed.toString());
    }
}
