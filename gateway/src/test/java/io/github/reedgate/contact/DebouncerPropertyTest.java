package io.github.reedgate.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What has to hold for any train of edges; each failure names its seed. */
class DebouncerPropertyTest {

    private static final int TRAINS = 20_000;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void anyBounceTrainOfAMoveYieldsExactlyOneChangeToTheFinalLevel() {
        for (int seed = 0; seed < TRAINS; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            Position before = random.nextBoolean() ? Position.OPEN : Position.CLOSED;
            Played played = new Played(times, before);
            List<Played.Edge> train = train(random, times, before, before.other());
            train.forEach(edge -> played.edge(edge, true));
            played.passUntil(10 * SECOND);

            assertThat(played.changes())
                    .as("seed %d, %s, %s", seed, times, train)
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.position()).isEqualTo(before.other());
                        assertThat(change.atNanos()).isEqualTo(SECOND);
                    });
            assertThat(played.debouncer().settled()).isEqualTo(before.other());
        }
    }

    @Test
    void aTrainThatEndsWhereItBeganIsAGlitchAndNoChange() {
        for (int seed = 0; seed < TRAINS; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            Position rest = random.nextBoolean() ? Position.OPEN : Position.CLOSED;
            Played played = new Played(times, rest);
            List<Played.Edge> train = train(random, times, rest, rest);
            train.forEach(edge -> played.edge(edge, true));
            played.passUntil(10 * SECOND);

            assertThat(played.changes())
                    .as("seed %d, %s, %s", seed, times, train)
                    .isEmpty();
            assertThat(played.findings())
                    .as("seed %d", seed)
                    .filteredOn(found -> found.kind() == Debouncer.Kind.GLITCH)
                    .hasSize(1);
        }
    }

    @Test
    void theFinalLevelAlwaysWinsWhateverEdgesAreLostOrLate() {
        for (int seed = 0; seed < TRAINS; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            Position level = Position.CLOSED;
            Played played = new Played(times, level);
            long at = SECOND;
            int edges = random.nextInt(60);
            for (int i = 0; i < edges; i++) {
                at += (long) (Math.pow(random.nextDouble(), 4) * SECOND) + 1;
                level = level.other();
                played.edge(new Played.Edge(level, at), random.nextInt(4) > 0);
            }
            for (int i = 1; i <= 20; i++) {
                played.reconcile(at + i * SECOND / 10);
            }
            played.passUntil(at + 10 * SECOND);

            assertThat(played.debouncer().settled()).as("seed %d", seed).isEqualTo(level);
            assertThat(played.debouncer().train()).as("seed %d", seed).isNull();
            assertAlternating(played, seed);
        }
    }

    @Test
    void aChangeHeldForFourHundredMillisecondsIsAlwaysSeen() {
        for (int seed = 0; seed < TRAINS; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            Played played = new Played(times, Position.CLOSED);
            played.edge(new Played.Edge(Position.OPEN, SECOND), true);
            long back = SECOND + Duration.ofMillis(400 + random.nextInt(100)).toNanos();
            played.edge(new Played.Edge(Position.CLOSED, back), true);
            played.passUntil(10 * SECOND);

            assertThat(played.changes())
                    .as("seed %d, %s", seed, times)
                    .extracting(Debouncer.Finding::position)
                    .containsExactly(Position.OPEN, Position.CLOSED);
        }
    }

    @Test
    void aContactThatNeverRestsStillYieldsATruthWithinTheMaximumWait() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            long shortest = Math.min(times.open().toNanos(), times.close().toNanos());
            Played played = new Played(times, Position.CLOSED);
            long at = SECOND;
            Position level = Position.CLOSED;
            while (at < 2 * SECOND) {
                level = level.other();
                played.edge(new Played.Edge(level, at), true);
                // open for nine tenths of the time and never at rest
                long span = level == Position.OPEN ? shortest * 9 / 10 : shortest / 10;
                at += Math.max(1, (long) (span * (0.5 + random.nextDouble() / 2)));
            }
            assertThat(played.changes()).as("seed %d, %s", seed, times).isNotEmpty();
            assertThat(played.changes().get(0).position()).isEqualTo(Position.OPEN);
        }
    }

    @Test
    void everyMoveIsFoundHoweverLateItsEdgesAreAndWhateverIsReadBeforeThem() {
        for (int seed = 0; seed < TRAINS; seed++) {
            Random random = new Random(seed);
            Debounce times = randomTimes(random);
            List<Played.Edge> moves = moves(random, times);
            assertThat(new LatePlay(random, times, moves).changes())
                    .as("seed %d, %s, %s", seed, times, moves)
                    .containsExactlyElementsOf(
                            moves.stream().map(Played.Edge::position).toList());
        }
    }

    /** Moves without a bounce, each held a little longer than its quiet time at least. */
    private static List<Played.Edge> moves(Random random, Debounce times) {
        List<Played.Edge> moves = new ArrayList<>();
        Position position = Position.CLOSED;
        long at = SECOND;
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
            position = position.other();
            moves.add(new Played.Edge(position, at));
            Duration quiet = position == Position.OPEN ? times.open() : times.close();
            at += quiet.toNanos() + 1_000_000 + random.nextInt(50_000_000);
        }
        return moves;
    }

    private static void assertAlternating(Played played, int seed) {
        Position last = null;
        for (Debouncer.Finding found : played.findings()) {
            if (found.kind() != Debouncer.Kind.GLITCH) {
                assertThat(found.position()).as("seed %d", seed).isNotEqualTo(last);
                last = found.position();
            }
        }
    }

    private static Debounce randomTimes(Random random) {
        Duration open = Duration.ofMillis(1 + random.nextInt(300));
        Duration close = Duration.ofMillis(1 + random.nextInt(300));
        return new Debounce(open, close, Debounce.CAP);
    }

    /**
     * Edges of a contact that leaves {@code from} after one second and ends at {@code target}; it rests nowhere in between
     * and is at rest early enough for the quiet time to end before the maximum wait.
     */
    private static List<Played.Edge> train(Random random, Debounce times, Position from, Position target) {
        long restLimit = Math.min(times.open().toNanos(), times.close().toNanos());
        long quiet = Math.max(times.open().toNanos(), times.close().toNanos());
        long end = SECOND + times.maxWait().toNanos() - quiet - 1;
        int wanted = 2 * random.nextInt(20) + (from == target ? 2 : 1);
        List<Played.Edge> edges = new ArrayList<>();
        Position position = from.other();
        long at = SECOND;
        while (edges.size() < wanted) {
            edges.add(new Played.Edge(position, at));
            position = position.other();
            long pause = 1 + (long) (Math.pow(random.nextDouble(), 3) * (restLimit - 2));
            at += Math.min(pause, Math.max(1, (end - at) / (wanted - edges.size() + 1)));
        }
        return edges;
    }
}
