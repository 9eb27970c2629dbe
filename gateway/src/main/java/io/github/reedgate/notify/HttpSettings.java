package io.github.reedgate.notify;

/**
 * Settings of the JDK's HTTP client for the whole program. The client reads them when it is used first, so whoever makes a
 * client applies them before. Stateless; any thread may use it.
 */
public final class HttpSettings {

    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";
    private static final String OWN_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

    private HttpSettings() {}

    /** Sets what nobody has set on the command line. Returns at once. */
    public static void apply() {
        // alarms are hours apart, and a connection that was left open for hours may be dead without saying so
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, "5");
        }
        // the header Host has the server's name, the URL an address
        if (System.getProperty(OWN_HEADERS) == null) {
            System.setProperty(OWN_HEADERS, "host");
        }
    }
}
