package io.github.reedgate.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Makes the checks one after the other, each on a thread that is left behind if it takes too long. A check whose need failed
 * is passed over. Used once, by one thread.
 */
public final class Doctor {

    private final Map<CheckName, Look> looks;
    private final Duration limit;
    private final Map<CheckName, Finding> findings = new EnumMap<>(CheckName.class);
    private ExecutorService thread = newThread();

    /**
     * Ready to look.
     *
     * @param looks what is looked at; those left out are not missed by others
     * @param limit how long each may take
     */
    Doctor(Map<CheckName, Look> looks, Duration limit) {
        this.looks = new EnumMap<>(looks);
        this.limit = limit;
    }

    /**
     * Makes the checks; blocks until all are made.
     *
     * @param wanted which
     * @param begins told before each
     * @param found told what each found
     * @return all findings in order
     */
    public List<Finding> examine(Set<CheckName> wanted, Consumer<CheckName> begins, Consumer<Finding> found)
            throws InterruptedException {
        List<Finding> all = new ArrayList<>();
        try {
            for (CheckName check : CheckName.values()) {
                Look look = looks.get(check);
                if (look != null && wanted.contains(check)) {
                    begins.accept(check);
                    Optional<Finding> blocked = blocked(check);
                    Finding finding = blocked.isPresent() ? blocked.get() : timed(check, look);
                    findings.put(check, finding);
                    found.accept(finding);
                    all.add(finding);
                }
            }
            return all;
        } finally {
            thread.shutdownNow();
        }
    }

    private Optional<Finding> blocked(CheckName check) {
        for (CheckName need : check.needs()) {
            Finding finding = findings.get(need);
            if (finding != null && finding.status() == Status.FAIL) {
                return Optional.of(Finding.skipped(check, need.word() + " failed"));
            }
            if (finding != null && finding.status() == Status.SKIPPED) {
                return Optional.of(Finding.skipped(check, finding.seen()));
            }
        }
        return Optional.empty();
    }

    private Finding timed(CheckName check, Look look) throws InterruptedException {
        Future<Finding> answer = thread.submit(look::look);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Finding.fail(check, "the check itself failed: " + cause, "tell the project about it");
        } catch (TimeoutException e) {
            answer.cancel(true);
            thread.shutdownNow();
            thread = newThread();
            return Finding.fail(
                    check,
                    "no answer within " + limit.toSeconds() + " s",
                    "try again with a longer --timeout; if it stays, something hangs: see dmesg and the log");
        }
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
    }
}
