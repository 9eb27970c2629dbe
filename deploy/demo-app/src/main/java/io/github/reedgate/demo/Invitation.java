package io.github.reedgate.demo;

import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Tells how a phone or another program can look on. */
final class Invitation {

    private Invitation() {}

    /** Three lines at most, for the board. */
    static List<Row.Span> onBoard(TestBroker broker, boolean everywhere) {
        List<Row.Span> lines = new ArrayList<>();
        int port = broker.port();
        lines.add(new Row.Span(
                "look on: mosquitto_sub -h localhost -p " + port + " -v -t '" + House.ROOT + "/#'", Tone.DIM));
        if (everywhere) {
            String address = addresses().get(0);
            lines.add(new Row.Span(
                    "phone: mqtt://" + address + ":" + port + " or ws://" + address + ":" + broker.port(Transport.WS)
                            + "/mqtt",
                    Tone.DIM));
            lines.add(new Row.Span("Until you quit, everybody on this network can use this broker.", Tone.WATCH));
        }
        return lines;
    }

    /** The lines to show. */
    static List<String> lines(TestBroker broker, boolean everywhere, Paint paint) {
        String topic = House.ROOT + "/alarm";
        int port = broker.port();
        int webPort = broker.port(Transport.WS);
        List<String> lines = new ArrayList<>();
        lines.add("look on from another terminal:");
        lines.add("  mosquitto_sub -h localhost -p " + port + " -v -t '" + House.ROOT + "/#'");
        if (everywhere) {
            lines.add("point a phone's MQTT app at one of these, topic " + topic + ":");
            for (String address : addresses()) {
                lines.add("  mqtt://" + address + ":" + port + "   or   ws://" + address + ":" + webPort + "/mqtt");
            }
            lines.add(paint.yellow("warning: until you quit, everybody on this network can use this broker."));
        } else {
            lines.add("  or by WebSocket: ws://localhost:" + webPort + "/mqtt, topic " + topic);
            lines.add("for a phone in your network: deploy/demo --lan (now it is for this machine only)");
        }
        return lines;
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback()) {
                    each.getInterfaceAddresses().stream()
                            .filter(one -> one.getAddress() instanceof Inet4Address)
                            .forEach(one -> addresses.add(one.getAddress().getHostAddress()));
                }
            }
        } catch (SocketException e) {
            return List.of("ADDRESS-OF-THIS-MACHINE");
        }
        return addresses.isEmpty() ? List.of("ADDRESS-OF-THIS-MACHINE") : addresses;
    }
}
