package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of transitions: one test for each row and each phase it is for. */
class TransitionTest {

    /** What each deed tells; a deed that tells nothing of its own is missing. */
    private static final Map<Deed, Class<? extends PanelEffect>> TELLS = Map.ofEntries(
            Map.entry(Deed.ACCEPT, PanelEffect.Answered.class),
            Map.entry(Deed.REFUSE, PanelEffect.ArmRefused.class),
            Map.entry(Deed.BEGIN_EXIT, PanelEffect.Arming.class),
            Map.entry(Deed.ARM, PanelEffect.Armed.class),
            Map.entry(Deed.GIVE_UP, PanelEffect.ArmRefused.class),
            Map.entry(Deed.RETURN, PanelEffect.ArmRefused.class),
            Map.entry(Deed.CALL_OFF, PanelEffect.Armed.class),
            Map.entry(Deed.DISARM, PanelEffect.Disarmed.class),
            Map.entry(Deed.ACKNOWLEDGE, PanelEffect.Acknowledged.class),
            Map.entry(Deed.NO_INCIDENT, PanelEffect.Answered.class),
            Map.entry(Deed.BEGIN_ENTRY, PanelEffect.Pending.class),
            Map.entry(Deed.RAISE, PanelEffect.Triggered.class),
            Map.entry(Deed.JOIN, PanelEffect.Joined.class),
            Map.entry(Deed.REARM, PanelEffect.Armed.class),
            Map.entry(Deed.STAND_DOWN, PanelEffect.Disarmed.class),
            Map.entry(Deed.REPEAT, PanelEffect.Repeated.class),
            Map.entry(Deed.NOTE, PanelEffect.FoundOpen.class),
            Map.entry(Deed.LEAVE_OUT, PanelEffect.FoundOpen.class));

    @TestFactory
    Stream<DynamicTest> eachRowLeadsWhereItSaysAndTellsWhatItDoes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < Transition.TABLE.size(); i++) {
            Transition row = Transition.TABLE.get(i);
            for (Phase from : row.from()) {
                String name = (i + 1) + " " + from.word() + ": " + row.cause().words() + " " + row.guard();
                tests.add(DynamicTest.dynamicTest(name, () -> check(row, from)));
            }
        }
        return tests.stream();
    }

    private static void check(Transition row, Phase from) {
        House house = Scene.of(row, from);
        Trigger trigger = Scene.trigger(row, from);
        PanelState before = Scene.moved(house.state(), trigger);
        assertThat(Phase.of(before.state())).isEqualTo(from);
        PanelLook look = new PanelLook(house.settings(), before, trigger);
        assertThat(AlarmPanel.row(look)).as("the row that fits").contains(row);

        PanelWork work = new PanelWork(look, new Moment(house.now(), "fresh"));
        work.act(row.deed());

        Phase expected = row.to() == null ? from : row.to();
        assertThat(Phase.of(work.state().state())).isEqualTo(expected);
        assertThat(work.effects()).isNotEmpty().first().isInstanceOf(TELLS.get(row.deed()));
        boolean isCommand = trigger.command() != null;
        assertThat(work.effects().stream().filter(PanelEffect.Answered.class::isInstance))
                .hasSize(isCommand ? 1 : 0);
    }

    @Test
    void everyDeedAndEveryGuardIsUsed() {
        assertThat(Transition.TABLE).extracting(Transition::deed).contains(Deed.values());
        assertThat(Transition.TABLE).extracting(Transition::guard).contains(Guard.values());
        assertThat(Transition.TABLE).extracting(Transition::cause).contains(Cause.values());
        assertThat(TELLS).containsOnlyKeys(Deed.values());
    }

    @Test
    void sensorThatDoesNotCountChangesNothing() {
        House house = new House();
        house.arm(AlarmMode.HOME);

        assertThat(house.step(new PanelInput.Moved(House.HALL, Position.OPEN))).isEmpty();
        assertThat(house.word()).isEqualTo(AlarmState.ARMED_HOME);
    }

    @Test
    void sensorThatTheSettingsDoNotKnowIsIgnored() {
        House house = new House();
        PanelState before = house.state();

        assertThat(house.open("attic")).isEmpty();
        house.step(new PanelInput.Lost("attic"));

        assertThat(house.state()).isEqualTo(before);
    }
}
