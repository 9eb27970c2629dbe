package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What is expected of findings. Stateless. */
final class Verdicts {

    private Verdicts() {}

    /** Exactly one check has something to say, what hangs on it is skipped because of it, and all else is well. */
    static Finding only(List<Finding> findings, CheckName check, Status status) {
        Finding found = findings.stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " was not made"));
        assertThat(found.status()).as("%s", found).isEqualTo(status);
        assertThat(found.fix()).as("%s", found).isNotEmpty();
        for (Finding other : findings) {
            boolean isSkippedForIt = status == Status.FAIL
                    && other.status() == Status.SKIPPED
                    && other.seen().equals(check.word() + " failed");
            boolean isElsewhere = (other.check() == CheckName.UNIT || other.check() == CheckName.USERS)
                    && other.status() == Status.SKIPPED;
            if (other.check() != check && !isSkippedForIt && !isElsewhere) {
                assertThat(other.status()).as("%s", other).isEqualTo(Status.OK);
            }
        }
        return found;
    }
}
