package io.github.reedgate.message;

/**
 * The topics of one gateway: {@code <prefix>/<gateway id>/…}. Immutable.
 *
 * @param root prefix and gateway id, without trailing slash
 */
public record Topics(String root) {

    /** The topics of a gateway; both arguments are checked when the configuration is read. */
    public static Topics of(String prefix, String gatewayId) {
        return new Topics(prefix + "/" + gatewayId);
    }

    /** The gateway's id. */
    public String gateway() {
        return root.substring(root.lastIndexOf('/') + 1);
    }

    /** {@code online} or {@code offline}, retained; also the will's. */
    public String availability() {
        return root + "/availability";
    }

    /** Everything that happened, in order. */
    public String event() {
        return root + "/event";
    }

    /** One line of text for a phone. */
    public String alarm() {
        return root + "/alarm";
    }

    /** Where commands to the panel arrive. */
    public String panelSet() {
        return root + "/panel/set";
    }

    /** What became of each command. */
    public String panelReply() {
        return root + "/panel/reply";
    }

    /** How the gateway is, retained; told at regular intervals. */
    public String diagnostics() {
        return root + "/diagnostics";
    }

    /** A sensor's state word, retained. */
    public String state(String sensor) {
        return root + "/" + sensor + "/state";
    }

    /** What stands behind a sensor's state, retained. */
    public String detail(String sensor) {
        return root + "/" + sensor + "/detail";
    }

    /** The panel's state word, retained. */
    public String panelState() {
        return root + "/panel/state";
    }

    /** What stands behind the panel's state, retained. */
    public String panelDetail() {
        return root + "/panel/detail";
    }

    /** The number up to which the broker acknowledged all events, retained. */
    public String watermark() {
        return root + "/diagnostics/watermark";
    }

    /** Where {@code reedgate doctor} tries to write and read, retained for a moment and then emptied. */
    public String doctor() {
        return root + "/diagnostics/doctor";
    }

    /** Where a test alarm can be asked for. */
    public String testSet() {
        return root + "/diagnostics/test/set";
    }
}
