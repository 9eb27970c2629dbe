package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which topics are a gateway's. */
class PurgeScopeTest {

    private static final Topics HOME = Topics.of("reedgate", "home");
    private static final List<String> OWN = List.of(
            "reedgate/home/availability",
            "reedgate/home/diagnostics",
            "reedgate/home/diagnostics/watermark",
            "reedgate/home/diagnostics/doctor",
            "reedgate/home/front-door_2/state",
            "reedgate/home/front-door_2/detail",
            "reedgate/home/panel/state",
            "reedgate/home/panel/detail",
            "homeassistant/device/reedgate_home/config",
            "homeassistant/binary_sensor/reedgate_home/front-door_2_contact/config");
    private static final List<String> OTHERS = List.of(
            "reedgate/home2/availability",
            "reedgate/shed/front/state",
            "reedgate/home/shed/availability",
            "reedgate/home/shed/front/state",
            "reedgate/home/shed/diagnostics",
            "reedgate/home/note",
            "reedgate/home/panel/set",
            "xreedgate/home/availability",
            "homeassistant/device/reedgate_home2/config",
            "homeassistant/device/reedgate_home/config/more",
            "homeassistant/binary_sensor/reedgate_home2/front_contact/config",
            "homeassistant/binary_sensor/other/reedgate_home/config",
            "homeassistant/status",
            "home/assistant/device/reedgate_home/config");

    @Test
    void gatewaysTopicsAreToldFromThoseOfOthers() {
        PurgeScope scope = PurgeScope.of(List.of(), HOME, "home", "homeassistant");

        assertThat(OWN).allMatch(scope.owned());
        assertThat(OTHERS).noneMatch(scope.owned());
        assertThat(scope.filters())
                .containsExactly(
                        "reedgate/home/#",
                        "homeassistant/device/reedgate_home/config",
                        "homeassistant/+/reedgate_home/+/config");
    }

    @Test
    void whatIsRememberedOfOthersIsLeftOutAndADescriptionUnderAFormerPrefixIsNot() {
        PurgeScope scope = PurgeScope.of(
                List.of(
                        "reedgate/old/availability",
                        "reedgate/home/gone/state",
                        "ha/device/reedgate_home/config",
                        "ha/device/reedgate_old/config"),
                HOME,
                "home",
                "homeassistant");

        assertThat(scope.remembered()).containsExactly("reedgate/home/gone/state", "ha/device/reedgate_home/config");
    }

    @Test
    void dotInAPrefixIsNoWildcard() {
        assertThat(PurgeScope.of(List.of(), new Topics("a.b/home"), "home", "h.a")
                        .owned())
                .accepts("a.b/home/availability", "h.a/device/reedgate_home/config")
                .rejects("axb/home/availability", "hxa/device/reedgate_home/config");
    }

    @Test
    void descriptionsAreNoneOfItWhenOnlyThePrefixOfTheTopicsWasAnother() {
        PurgeScope scope = PurgeScope.of(OWN, HOME, "home", "");

        assertThat(scope.filters()).containsExactly("reedgate/home/#");
        assertThat(Stream.concat(OWN.stream(), OTHERS.stream()).filter(scope.owned()))
                .containsExactlyElementsOf(scope.remembered())
                .hasSize(8);
    }

    @Test
    void whatTheBrokerShowsComesFirstAndNothingTwice() {
        PurgeScope scope =
                PurgeScope.of(List.of("reedgate/home/b/state", "reedgate/home/c/state"), HOME, "home", "homeassistant");

        assertThat(scope.all(Set.of("reedgate/home/c/state", "reedgate/home/a/state", "reedgate/home/note")))
                .containsExactly("reedgate/home/a/state", "reedgate/home/c/state", "reedgate/home/b/state");
        assertThat(PurgeScope.exactly(List.of("x/y")).all(Set.of("x/y", "x/z"))).containsExactly("x/y");
    }
}
