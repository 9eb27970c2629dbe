package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While events wait in the store the gateway is killed, and its files are damaged before the next start. It starts, tells no
 * event that was not, and sends all but what it says is damaged, or what lay behind the damage in the write-ahead log.
 */
@Tag("fault")
@Tag("heavy")
final class DamagedStoreIT {

    private static final int MOVES = 8;
    private static final String DB = "reedgate.db";
    private static final String WAL = "reedgate.db-wal";
    private static final Pattern ROW = Pattern.compile("row (\\d+) of the outbox is damaged");

    @TempDir
    private Path folder = Path.of("");

    /** What was recorded, by its number, as it was read before anything of it was damaged. */
    private final TreeMap<Long, StoredEvents.Row> recorded = new TreeMap<>();

    private final Set<Long> damaged = new HashSet<>();

    @Test
    void flippedBitIsToldAndCostsOnlyWhatItHit() throws IOException {
        Random random = Faults.chance();
        int rounds = Math.max(2, Faults.rounds() / 8);
        try (FaultRig rig = FaultRig.running(folder)) {
            for (int round = 0; round < rounds; round++) {
                gatherAndKill(rig, round % 2 == 0);
                Path file = state(rig).resolve(round % 4 < 2 ? DB : WAL);
                byte[] bytes = Files.readAllBytes(file);
                int at = random.nextInt(bytes.length);
                int bit = random.nextInt(8);
                bytes[at] ^= (byte) (1 << bit);
                startWith(rig, file, bytes, "bit " + bit + " of byte " + at + " of " + file.getFileName());
            }
            account(rig, "g5-flipped-bit", "gateway killed, a bit flipped in its store", rounds);
        }
    }

    @Test
    void storeCutShortIsToldAndCostsOnlyItsEnd() throws IOException {
        Random random = Faults.chance();
        int rounds = Math.max(2, Faults.rounds() / 12);
        try (FaultRig rig = FaultRig.running(folder)) {
            for (int round = 0; round < rounds; round++) {
                gatherAndKill(rig, round % 2 == 0);
                Path file = state(rig).resolve(round % 4 == 0 ? DB : WAL);
                byte[] bytes = Files.readAllBytes(file);
                int length = random.nextInt(bytes.length);
                startWith(rig, file, Arrays.copyOf(bytes, length), file.getFileName() + " of " + length + " bytes");
            }
            account(rig, "g6-store-cut-short", "gateway killed, its store cut short", rounds);
        }
    }

    private static Path state(FaultRig rig) {
        return rig.gateway().stateFolder();
    }

    /** Leaves events in the store that nobody has received: in the database file, too, if it was stopped in between. */
    private void gatherAndKill(FaultRig rig, boolean stopBetween) throws IOException {
        rig.line().refuse();
        rig.line().cut();
        rig.moves(MOVES);
        if (stopBetween) {
            rig.stop();
            rig.start();
            rig.moves(MOVES);
        }
        rig.kill();
        Path before = Files.createDirectories(folder.resolve("before"));
        for (String name : List.of(DB, WAL)) {
            Files.copy(state(rig).resolve(name), before.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.deleteIfExists(before.resolve(DB + "-shm"));
    }

    private void startWith(FaultRig rig, Path file, byte[] bytes, String what) throws IOException {
        StoredEvents before = new StoredEvents(folder.resolve("before"));
        record(before.rows());
        Map<Long, Long> waiting = before.waitingEvents();
        int logged = rig.gateway().logged().length();
        Files.write(file, bytes);
        Files.deleteIfExists(state(rig).resolve(DB + "-shm")); // as after a power cut
        rig.mended();
        rig.line().accept();
        rig.start();
        rig.awaitOnline();
        rig.moves(2);
        awaitSent(rig, what);

        Set<Long> missing = new TreeSet<>();
        Waiting.until(
                what + ": all but what is damaged comes",
                () -> isExplained(
                        missing(rig, waiting, missing),
                        waiting,
                        rig.gateway().logged().substring(logged),
                        file.endsWith(WAL)));
        damaged.addAll(missing);
        assertNoFalseEvent(rig, what);
    }

    /** Takes in what is newer than all that is known: older rows may have been damaged. */
    private void record(List<StoredEvents.Row> rows) {
        long seq = recorded.isEmpty() ? 0 : recorded.lastKey();
        long boot = recorded.isEmpty() ? 0 : recorded.lastEntry().getValue().boot();
        rows.stream().filter(row -> row.seq() > seq && row.boot() > boot).forEach(row -> recorded.put(row.seq(), row));
    }

    private static Set<Long> missing(FaultRig rig, Map<Long, Long> waiting, Set<Long> missing) {
        missing.clear();
        missing.addAll(waiting.values());
        rig.ledger().events().forEach(told -> missing.remove(told.seq()));
        return missing;
    }

    /** Nothing is missing but what was said, or the newest if the write-ahead log was damaged. */
    private static boolean isExplained(Set<Long> missing, Map<Long, Long> waiting, String said, boolean inWal) {
        Set<Long> left = new TreeSet<>(missing);
        left.removeAll(rowsSaid(said, waiting));
        List<Long> all = waiting.values().stream().sorted().toList();
        boolean isEnd = left.equals(new TreeSet<>(all.subList(all.size() - left.size(), all.size())));
        return left.isEmpty() || (inWal && isEnd) || said.contains("it was moved to");
    }

    private static void awaitSent(FaultRig rig, String what) {
        Waiting.until(what + ": what is left is sent", FaultRig.MINUTE, () -> {
            try {
                return rig.store().waiting() == 0;
            } catch (AssertionError e) {
                return false; // it is just being moved aside
            }
        });
        rig.awaitQuiet();
    }

    /** What came is what was recorded, to the millisecond. */
    private void assertNoFalseEvent(FaultRig rig, String what) {
        List<StoredEvents.Row> wrong = new ArrayList<>();
        for (Ledger.Told told : rig.ledger().events()) {
            StoredEvents.Row row = new StoredEvents.Row(
                    told.seq(),
                    told.id(),
                    told.type(),
                    told.boot(),
                    Instant.parse(told.time()).toEpochMilli());
            if (!recorded.getOrDefault(told.seq(), row).equals(row)) {
                wrong.add(row);
            }
        }
        assertThat(wrong).as(what + ": told otherwise than recorded").isEmpty();
        assertThat(rig.ledger().contradictions()).as(what).isEmpty();
    }

    /** The numbers of events whose rows were said to be damaged. */
    private static Set<Long> rowsSaid(String said, Map<Long, Long> waiting) {
        Set<Long> numbers = new TreeSet<>();
        Matcher row = ROW.matcher(said);
        while (row.find()) {
            Long number = waiting.get(Long.valueOf(row.group(1)));
            if (number != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private void account(FaultRig rig, String key, String fault, int rounds) {
        Ledger ledger = rig.ledger();
        record(rig.store().rows());
        Set<String> sound = recorded.values().stream()
                .filter(row -> !damaged.contains(row.seq()))
                .map(StoredEvents.Row::id)
                .collect(Collectors.toSet());
        Set<String> lost = ledger.without(sound);
        Outcome.Counts counts = new Outcome.Counts(
                rig.movesMade(),
                sound.size(),
                ledger.size(),
                lost.size(),
                ledger.repeated(),
                ledger.lateEvents(),
                ledger.lateAlarms());
        new Outcome(key, fault, rounds, rig.broker().name(), counts, rig.recovery()).write();
        System.out.println(
                fault + ": " + damaged.size() + " of " + recorded.size() + " events were in what was damaged");
        assertThat(lost).as("sound and never received").isEmpty();
        assertThat(damaged.size()).as("not all was damaged").isLessThan(recorded.size());
        assertThat(ledger.lateEvents()).as("events out of order").isZero();
        rig.assertTruthIsRetained();
    }
}
