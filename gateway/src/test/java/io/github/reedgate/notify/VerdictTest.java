package io.github.reedgate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewaySnapshot;
import io.github.reedgate.core.SnapshotJson;
import io.github.reedgate.json.Json;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notice.Told;
import io.github.reedgate.text.Spoilt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What servers and the disk may hand back: it is understood or not, and nothing is thrown. */
class VerdictTest {

    private static final String TAKEN = HttpScript.taken("hwQ2YpKdmg", "t").strip();

    private static List<String> shapes() {
        List<String> all = new ArrayList<>(Spoilt.JSON_SHAPES);
        for (String field : List.of("id", "event", "topic", "message", "time")) {
            for (String shape : Spoilt.JSON_SHAPES) {
                all.add(TAKEN.replaceFirst("\"" + field + "\":[^,}]*", "\"" + field + "\":" + quoted(shape)));
            }
        }
        return all;
    }

    private static String quoted(String shape) {
        return shape.replace("\\", "\\\\");
    }

    @Test
    void answerOfAnyShapeIsAProofOrNone() {
        for (String body : shapes()) {
            Answer.Outcome outcome = Verdict.ofNtfy(200, Optional.empty(), "t", body);
            if (outcome instanceof Answer.Failed failed) {
                assertThat(failed.trouble()).as("%.80s", body).isEqualTo(Trouble.NOT_PROVEN);
            }
        }
        assertThat(Verdict.ofNtfy(200, Optional.empty(), "t", "null")).isInstanceOf(Answer.Failed.class);
        Spoilt.each(
                List.of(TAKEN),
                body -> assertThat(Verdict.ofNtfy(200, Optional.of(body), "t", body))
                        .isNotNull());
    }

    @Test
    void waitThatAServerAsksForIsANumberOrNothing() {
        Spoilt.each(
                List.of("30", "3600", "Fri, 31 Dec 1999 23:59:59 GMT"),
                wait -> assertThat(Verdict.ofWebhook(429, Optional.of(wait))).isInstanceOf(Answer.Failed.class));
    }

    @Test
    void keptNoticeOfAnyShapeIsReadOrNot() {
        String document = Sayings.alarm("phone", 1).document();
        for (String shape : Spoilt.JSON_SHAPES) {
            assertThat(Notice.read(shape)).as("%.20s", shape).isEmpty();
            for (String field :
                    List.of("target", "grade", "text", "repeat", "after_ms", "event", "more", "seq", "time")) {
                Optional<Notice> read = Notice.read(
                        document.replaceFirst("\"" + field + "\":[^,}]*", "\"" + field + "\":" + quoted(shape)));
                read.ifPresent(notice -> assertThat(notice.grade()).isInstanceOf(Grade.class));
            }
        }
        Spoilt.each(List.of(document), text -> Notice.read(text).ifPresent(Notice::document));
    }

    @Test
    void keptPlanOfAnyShapeIsReadOrNot() {
        Told first = new Told(Sayings.event(1, "i1"), "Front door opened");
        NoticePlan plan = new NoticePlan("i1", first, 0, List.of(new NoticePlan.Due("phone", 5L, 1)));
        NoticeDocument document = new NoticeDocument(plan, 0, Sayings.TIME, true);
        Function<String, GatewaySnapshot> reader =
                text -> SnapshotJson.read("{\"version\":1,\"escalation\":" + text + "}", "");
        assertThat(reader.apply(Json.write(document.fields())).escalation()).isEqualTo(document);
        for (String shape : Spoilt.JSON_SHAPES) {
            assertThat(reader.apply(shape).escalation()).as("%.20s", shape).isNull();
        }
        Spoilt.each(List.of(Json.write(document.fields())), text -> {
            NoticeDocument read = reader.apply(text).escalation();
            assertThat(read == null || !read.resumed(7).incident().isEmpty()).isTrue();
        });
    }
}
