package io.github.reedgate.monitor.record;

/** Where the recorder publishes. Calls return at once; what can't be sent now is dropped, because it is published again. */
public interface Outlet {

    /** Publishes an own event at QoS 1; its acknowledgement comes back by {@link Recorder#published}. */
    void event(History.NumberedEvent event);

    /** Publishes the state of a gateway, retained. */
    void state(String gateway, String state);
}
