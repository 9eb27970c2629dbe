package io.github.reedgate.doctor;

/** Judges the Java runtime. Stateless. */
final class JavaCheck {

    private static final int LEAST = 17;

    private JavaCheck() {}

    /** Which it is: {@code 17.0.12}, Debian, aarch64. */
    record Facts(int feature, String version, String vendor, String architecture) {

        static Facts ofThisProcess(String architecture) {
            return new Facts(
                    Runtime.version().feature(),
                    System.getProperty("java.version", "?"),
                    System.getProperty("java.vendor", "?"),
                    architecture);
        }
    }

    static Finding judge(Facts facts) {
        String seen = "Java " + facts.version() + " (" + facts.vendor() + ", " + facts.architecture() + ")";
        return facts.feature() < LEAST
                ? Finding.fail(
                        CheckName.JAVA,
                        seen + " is too old",
                        "install Java 17 or newer: sudo apt install openjdk-17-jre-headless")
                : Finding.ok(CheckName.JAVA, seen);
    }
}
