package io.github.reedgate.message;

/**
 * The topics of one gateway: {@code <prefix>/<gateway id>/…}. Immutable.
 *
 * @param root prefix and gateway id, without trailing slash
 * @param monitorPrefix what the topics of monitors start with, without trailing slash; the only ones to which the log is sent
 */
public record Topics(String root, String monitorPrefix) {

    /** What the topics of monitors start with, unless the configuration says otherwise. */
    public static final String MONITOR_PREFIX = "reedgate-monitor";

    /** Longest response topic that is answered, in characters. */
    public static final int MOST_RESPONSE_TOPIC = 256;

    /** The topics of a gateway, with monitors at their usual place. */
    public Topics(String root) {
        this(root, MONITOR_PREFIX);
    }

    /** The topics of a gateway; both arguments are checked when the configuration is read. */
    public static Topics of(String prefix, String gatewayId) {
        return new Topics(prefix + "/" + gatewayId);
    }

    /** The same with monitors at another place; all arguments are checked when the configuration is read. */
    public static Topics of(String prefix, String gatewayId, String monitorPrefix) {
        return new Topics(prefix + "/" + gatewayId, monitorPrefix);
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

    /** Where requests for a range of the event log arrive. */
    public String logGet() {
        return root + "/log/get";
    }

    /**
     * Whether the log may be sent to a response topic: {@code <monitor prefix>/<monitor>/log/<gateway id>}, at most
     * {@link #MOST_RESPONSE_TOPIC} characters long. No other topic of a monitor is taken: readers would take an answer for the
     * monitor's alarm or state.
     */
    public boolean isMonitors(String responseTopic) {
        String begin = monitorPrefix + "/";
        String end = "/log" + root.substring(root.lastIndexOf('/'));
        return responseTopic.length() <= MOST_RESPONSE_TOPIC
                && responseTopic.length() > begin.length() + end.length()
                && responseTopic.startsWith(begin)
                && responseTopic.endsWith(end)
                && responseTopic
                        .substring(begin.length(), responseTopic.length() - end.length())
                        .chars()
                        .noneMatch(Topics::isForbidden);
    }

    /** Whether a monitor's name can't have it: levels, wildcards, and what MQTT 5, 1.5.4, discourages in topics. */
    private static boolean isForbidden(int letter) {
        return letter == '/'
                || letter == '+'
                || letter == '#'
                || Character.isISOControl(letter)
                || Character.isSurrogate((char) letter)
                || !Character.isDefined(letter);
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
