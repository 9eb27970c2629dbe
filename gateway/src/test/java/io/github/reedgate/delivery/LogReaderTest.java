package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as settled, what is sent next, and what is read for that. */
class LogReaderTest {

    private record Asked(long request, SeqRange range) {}

    private final List<Asked> asked = new ArrayList<>();

    private LogReader reader(LogTopic topic, long upTo, long newest, long unsettled) {
        return new LogReader(
                topic,
                (request, range, limit) -> asked.add(new Asked(request, range)),
                new LogReader.Begin(DeliveryState.Progress.upTo(upTo), true, newest, unsettled));
    }

    private static LogRow event(long seq) {
        return MemoryLog.row(seq, "e" + seq, Priority.ROUTINE);
    }

    private static LogRow alarm(long seq) {
        return MemoryLog.row(seq, "a" + seq, Priority.ALARM);
    }

    private LogPage page(SeqRange covered, boolean complete, LogRow... rows) {
        return new LogPage(asked.get(asked.size() - 1).request(), covered, List.of(rows), complete);
    }

    private static List<Long> sendAll(LogReader reader) {
        List<Long> sent = new ArrayList<>();
        Optional<LogRow> next = reader.next();
        while (next.isPresent()) {
            sent.add(next.get().seq());
            reader.sent(next.get().seq());
            next = reader.next();
        }
        return sent;
    }

    @Test
    void pageThatCouldNotBeReadWholeSettlesNothingAndItsRowsAreSent() {
        LogReader reader = reader(LogTopic.EVENT, 10, 20, 10);
        assertThat(reader.next()).isEmpty();
        reader.loaded(page(new SeqRange(11, 20), false, event(19)));

        assertThat(reader.upTo()).isEqualTo(10);
        assertThat(sendAll(reader)).containsExactly(19L);
        reader.acknowledged(19);
        assertThat(reader.upTo()).isEqualTo(10);
        assertThat(reader.unsettled())
                .as("the rest is not known, but something is")
                .isPositive();
        int before = asked.size();
        assertThat(reader.next()).isEmpty();
        assertThat(asked).as("not asked again before the disk works").hasSize(before);

        reader.readAgain();
        reader.next();
        assertThat(asked.get(asked.size() - 1).range()).isEqualTo(new SeqRange(11, 20));
        reader.loaded(page(new SeqRange(11, 20), true, event(12), event(19)));
        assertThat(sendAll(reader)).containsExactly(12L);
        reader.acknowledged(12);
        assertThat(reader.upTo()).isEqualTo(20);
        assertThat(reader.unsettled()).isZero();
    }

    @Test
    void rangeEndsAtTheNewestNumberKnownWhenThePageWasAskedFor() {
        LogReader reader = reader(LogTopic.EVENT, 10, 20, 10);
        reader.next();
        assertThat(asked).singleElement().extracting(Asked::range).isEqualTo(new SeqRange(11, 20));
        reader.append(event(21));
        reader.loaded(page(new SeqRange(11, 20), true));

        assertThat(reader.upTo()).as("21 was recorded meanwhile").isEqualTo(20);
        assertThat(reader.next()).isEmpty();
        assertThat(asked.get(1).range()).isEqualTo(new SeqRange(21, 21));
        reader.loaded(page(new SeqRange(21, 21), true, event(21)));
        assertThat(sendAll(reader)).containsExactly(21L);
    }

    @Test
    void numbersWithoutARowAreSettledByAPageThatIsWhole() {
        LogReader reader = reader(LogTopic.EVENT, 0, 9, 3);
        reader.next();
        reader.loaded(page(new SeqRange(1, 9), true, event(3), event(5), event(8)));
        assertThat(reader.upTo()).isEqualTo(2);
        assertThat(sendAll(reader)).containsExactly(3L, 5L, 8L);
        reader.acknowledged(8);
        reader.acknowledged(3);
        assertThat(reader.upTo()).isEqualTo(4);
        assertThat(reader.progress()).isEqualTo(new DeliveryState.Progress(4, List.of(new SeqRange(6, 9))));
        reader.acknowledged(5);
        assertThat(reader.upTo()).isEqualTo(9);
    }

    @Test
    void readerOfLinesSettlesEventsWithoutOne() {
        LogReader reader = reader(LogTopic.ALARM, 0, 0, 0);
        reader.append(event(1));
        reader.append(alarm(2));
        reader.append(event(4));
        assertThat(reader.upTo()).isEqualTo(1);
        assertThat(reader.unsettled()).isEqualTo(1);
        assertThat(sendAll(reader)).containsExactly(2L);
        reader.acknowledged(2);
        assertThat(reader.upTo()).isEqualTo(4);
    }

    @Test
    void pageOfAFormerQuestionIsIgnored() {
        LogReader reader = reader(LogTopic.EVENT, 0, 5, 5);
        reader.next();
        LogPage old = page(new SeqRange(1, 5), true);
        reader.readAgain();
        reader.loaded(old);
        assertThat(reader.upTo()).isZero();
    }

    @Test
    void windowIsBoundedWhileNothingIsSentAndTheRestIsRead() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 3_000; seq++) {
            reader.append(event(seq));
        }
        assertThat(reader.atHand()).isEqualTo(1_024);
        assertThat(reader.unsettled()).isEqualTo(3_000);
        assertThat(sendAll(reader)).hasSize(1_024);
        for (long seq = 1; seq <= 1_024; seq++) {
            reader.acknowledged(seq);
        }
        reader.next();
        assertThat(asked).singleElement().extracting(Asked::range).isEqualTo(new SeqRange(1_025, 3_000));
    }

    @Test
    void whatIsInFlightWhenTheConnectionEndsIsSentAgainButWhatIsSettledIsNot() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 5; seq++) {
            reader.append(event(seq));
        }
        sendAll(reader);
        reader.acknowledged(1);
        reader.acknowledged(3);
        reader.connectionEnded();
        assertThat(sendAll(reader)).containsExactly(2L, 4L, 5L);
    }

    @Test
    void rangeThatIsSentAgainLeavesWhatIsSettledAboveIt() {
        LogReader reader = reader(LogTopic.EVENT, 10, 10, 0);
        reader.resend(new SeqRange(4, 8));
        reader.next();
        assertThat(asked.get(0).range()).isEqualTo(new SeqRange(4, 10));
        reader.loaded(page(new SeqRange(4, 10), true, event(4), event(8), event(9), event(10)));
        assertThat(sendAll(reader)).containsExactly(4L, 8L);
        reader.acknowledged(4);
        reader.acknowledged(8);
        assertThat(reader.upTo()).isEqualTo(10);
    }

    @Test
    void storeThatIsOpenedLateGivesItsOwnMarkAndNothingSinceTheStartIsSentTwice() {
        LogReaders readers =
                LogReaders.unopened(topic -> (request, range, limit) -> asked.add(new Asked(request, range)), 1_000);
        readers.append(event(1_000));
        readers.events().acknowledged(1_000);
        assertThat(readers.takeChange()).as("only assumed: not to be stored").isEmpty();

        readers.opened(new LogReaders.Stored(DeliveryState.upTo(5), true, 7, 2, 0));
        readers.events().next();
        assertThat(asked.get(0).range()).isEqualTo(new SeqRange(6, 1_000));
        readers.loaded(LogTopic.EVENT, page(new SeqRange(6, 1_000), true, event(6), event(7), event(1_000)));
        assertThat(sendAll(readers.events())).containsExactly(6L, 7L);
    }

    @Test
    void eventsOfOtherNumbersAreReadAgainAndWhatWasSettledStaysSo() {
        LogReader reader = reader(LogTopic.EVENT, 4, 4, 0);
        for (long seq = 5; seq <= 7; seq++) {
            reader.append(event(seq));
        }
        sendAll(reader);
        reader.acknowledged(6);
        reader.renumbered(new SeqRange(5, 7), 100);
        reader.next();
        assertThat(asked.get(0).range()).isEqualTo(new SeqRange(5, 107));
        reader.loaded(page(new SeqRange(5, 107), true, event(105), event(106), event(107)));
        assertThat(reader.upTo()).isEqualTo(104);
        assertThat(reader.next())
                .as("both are in flight under their new numbers")
                .isEmpty();
        reader.connectionEnded();
        assertThat(sendAll(reader)).containsExactly(105L, 107L);
    }

    @Test
    void atMostSixtyFourIntervalsAreStoredAndThoseAreTheLowest() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 200; seq++) {
            reader.append(event(seq));
        }
        for (long seq = 2; seq <= 200; seq += 2) {
            reader.acknowledged(seq);
        }
        assertThat(reader.progress().above()).hasSize(64);
        assertThat(reader.progress().contains(128)).isTrue();
        assertThat(reader.progress().contains(130)).isFalse();
    }

    @Test
    void pausedReaderOfLinesStaysSmallOverManyEvents() {
        LogReader reader = reader(LogTopic.ALARM, 0, 0, 0);
        reader.append(alarm(1));
        for (long seq = 2; seq <= 200_000; seq++) {
            reader.append(event(seq));
        }
        assertThat(reader.atHand()).isEqualTo(1);
        assertThat(reader.progress()).isEqualTo(new DeliveryState.Progress(0, List.of(new SeqRange(2, 200_000))));
        assertThat(sendAll(reader)).containsExactly(1L);
    }

    @Test
    void rowsAtHandAreSentThoughTheLogHasLostThem() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 4; seq++) {
            reader.append(event(seq));
        }
        reader.readAgain(); // the file was damaged and a new one begun: it has what came since
        reader.next();
        assertThat(asked.get(0).range()).isEqualTo(new SeqRange(1, 4));
        reader.loaded(page(new SeqRange(1, 4), true, event(4)));
        assertThat(reader.upTo()).isZero();
        assertThat(sendAll(reader)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(reader.unsettled()).isEqualTo(4);
    }

    @Test
    void rowsThatWereDroppedAreNotSentThoughTheyWereAtHand() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 4; seq++) {
            reader.append(event(seq));
        }
        reader.dropped(2);
        reader.next();
        reader.loaded(page(new SeqRange(1, 4), true, event(3), event(4)));
        assertThat(sendAll(reader)).containsExactly(3L, 4L);
        assertThat(reader.upTo()).isEqualTo(2);
    }

    @Test
    void eventThatWasRecordedJustNowIsSentThoughItsNumberCountsAsSettled() {
        for (LogTopic topic : LogTopic.values()) {
            LogReader reader = reader(topic, 10, 10, 0);
            reader.append(alarm(10));
            reader.append(alarm(11));
            reader.next();
            reader.loaded(page(new SeqRange(10, 11), true, alarm(10), alarm(11)));
            assertThat(sendAll(reader)).as("%s", topic).containsExactly(10L, 11L);
            assertThat(reader.progress().upTo()).isEqualTo(9);
        }
    }

    @Test
    void pageThatIsWholeBehindOneThatWasNotSettlesNothingOfThat() {
        LogReader reader = reader(LogTopic.EVENT, 0, 600, 600);
        reader.next();
        assertThat(asked.get(0).range()).isEqualTo(new SeqRange(1, 600));
        reader.loaded(page(new SeqRange(1, 300), false, event(300)));
        reader.next();
        assertThat(asked.get(1).range()).isEqualTo(new SeqRange(301, 600));
        reader.loaded(page(new SeqRange(301, 600), true));
        sendAll(reader);
        reader.acknowledged(300);
        assertThat(reader.upTo()).isZero();
        assertThat(reader.progress().above()).containsExactly(new SeqRange(300, 600));
        assertThat(reader.mark())
                .as("nothing of it counts as known to the broker")
                .hasValue(0);
    }

    @Test
    void rowsAtHandWaitForThoseBelowThatAreReadAgain() {
        LogReader reader = reader(LogTopic.EVENT, 0, 600, 600);
        reader.next();
        reader.loaded(page(new SeqRange(1, 600), false, event(500))); // the others are on a disk that can't be read
        reader.readAgain();
        assertThat(sendAll(reader)).isEmpty();
        assertThat(reader.first(0)).isEmpty();
        assertThat(asked.get(1).range()).isEqualTo(new SeqRange(1, 600));
        reader.loaded(page(new SeqRange(1, 256), true, event(1), event(256)));
        assertThat(sendAll(reader)).containsExactly(1L, 256L);
        reader.loaded(page(new SeqRange(257, 600), true, event(600)));
        assertThat(sendAll(reader)).containsExactly(500L, 600L);
    }

    @Test
    void windowThatIsFullWhenTheLogIsReadAgainDoesNotHoldThatUp() {
        LogReader reader = reader(LogTopic.EVENT, 0, 0, 0);
        for (long seq = 1; seq <= 3_000; seq++) {
            reader.append(event(seq));
        }
        reader.readAgain();
        assertThat(reader.next()).isEmpty();
        assertThat(asked).singleElement().extracting(Asked::range).isEqualTo(new SeqRange(1, 3_000));
        reader.loaded(page(new SeqRange(1, 256), true, event(256)));
        assertThat(sendAll(reader)).as("the log has lost those below 256").hasSize(256);
    }
}
