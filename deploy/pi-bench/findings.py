"""What each part of the session has to have found: its files in the guest's folder, and what the subscriber wrote down."""

import collections
import datetime

Part = collections.namedtuple("Part", "name title guest usual check")
Move = collections.namedtuple("Move", "kind start line millis stood")


def install(guest):
    ended_well(guest, "install")


def first_start(guest):
    ended_well(guest, "first-start")
    assert guest.text("owner").split() == ["reedgate", "reedgate"], guest.text("owner")
    assert "reedgate-line-17" in guest.text("consumer"), guest.text("consumer")
    measured = dict(line.split(" ", 1) for line in guest.text("measured").splitlines())
    begun = datetime.datetime.strptime(measured["begun"], "%a %Y-%m-%d %H:%M:%S.%f UTC").replace(tzinfo=datetime.timezone.utc)
    first = guest.witness().first_state("door_17")
    print(f"      first retained state {(first - begun).total_seconds():.2f} s after the unit's start, RSS {measured['rss']} KiB")


def moves(guest):
    ended_well(guest, "moves")
    witness = guest.witness()
    phases = guest.text("phases.log").splitlines()
    assert len(phases) == 8, phases
    for line in phases:
        name, moved, true_state = line.split()
        part = witness.between(f"begin-{name}", f"end-{name}")
        events = one_event_each(part, name)
        assert moved == "any" or len(events) == int(moved), f"{name}: {len(events)} events for {moved} moves"
        published = None if moved == "0" else true_state
        assert part.state("door_17") == published, f"{name}: {part.state('door_17')} instead of {published}"
        opened = [event["id"] for event in part.events("opened")]
        assert part.alarms() == opened, f"{name}: alarms {part.alarms()} for {opened}"
    witness.assert_nothing_is_missing()


def killed(guest):
    ended_well(guest, "killed")
    witness = guest.witness()
    previous = "started"
    for i in range(1, 4):
        part = witness.between(previous, f"killed-{i}")
        assert "unclean" in [event["last_stop"] for event in part.events("started")], f"kill {i}: {part.events('started')}"
        assert part.events("closed"), f"kill {i}: the door was shut"
        previous = f"killed-{i}"
    witness.assert_nothing_is_missing()


def hung(guest):
    ended_well(guest, "hung")
    assert int(guest.text("watchdog")) >= 1, "systemd did not miss it"
    part = guest.witness().between("hung", "restarted")
    assert part.state("door_17") == "open", part.state("door_17")
    assert [event["last_stop"] for event in part.events("started")] == ["unclean"], part.events("started")
    guest.witness().assert_nothing_is_missing()


def upgrade(guest):
    ended_well(guest, "upgrade")
    assert guest.text("version").strip().endswith("+newer"), guest.text("version")
    part = guest.witness().between("begin-upgrade", "end-upgrade")
    events = [event["event_type"] for event in part.events("opened", "closed")]
    assert events[:10] == ["opened", "closed"] * 5, events
    assert [event["last_stop"] for event in part.events("started")] == ["clean"], part.events("started")
    guest.witness().assert_nothing_is_missing()


def full_disk(guest):
    ended_well(guest, "full-disk")
    witness = guest.witness()
    told = witness.between("filled", "told")
    events = [event["event_type"] for event in told.events("opened", "closed")]
    assert events and events == ["opened", "closed"] * (len(events) // 2), events
    assert told.events("store_fault"), "no store_fault"
    assert witness.between("told", "end-full").events("store_ok"), "no store_ok"
    witness.assert_nothing_is_missing()


def troubles(guest):
    ended_well(guest, "troubles")
    group = guest.text("refusal-group")
    # the unit's private users hide which group it is
    assert "(root:nogroup rw-rw----) can't be opened by user reedgate: permission denied" in group, group
    rule = guest.text("refusal-rule")
    assert "(root:root rw-------) can't be opened by user reedgate: permission denied" in rule, rule
    for name in ("group", "rule"):
        assert "\tat " not in guest.text(f"refusal-{name}"), guest.text(f"refusal-{name}")
    busy = guest.witness().between("begin-busy", "end-busy")
    faults = [event["message"] for event in busy.events("sensor_fault")]
    assert faults and "line 17 can't be opened: it is in use by 'gpiomon'" in faults[0], faults
    assert busy.state("door_17") == "open", busy.state("door_17")
    guest.witness().assert_nothing_is_missing()


def outputs(guest):
    ended_well(guest, "outputs")
    assert "reedgate-output-24" in guest.text("outputs-consumer"), guest.text("outputs-consumer")
    assert "off = LOW, on = HIGH" in guest.text("outputs-check"), guest.text("outputs-check")
    part = guest.witness().between("begin-outputs", "end-outputs")
    panel = [event["event_type"] for event in part.events("armed", "triggered", "acknowledged", "disarmed")]
    assert panel == ["armed", "triggered", "acknowledged", "disarmed"], panel
    faults = [(event["event_type"], event["output"]) for event in part.events("output_fault", "output_ok")]
    assert faults == [("output_fault", "siren"), ("output_ok", "siren")], faults
    guest.witness().assert_nothing_is_missing()


def noexec(guest):
    ended_well(guest, "noexec")
    assert guest.text("noexec").strip(), "the state's folder was not noexec"
    assert int(guest.text("native")) >= 1, "the libraries are not those that were unpacked at the installation"
    assert not guest.text("left"), guest.text("left")
    part = guest.witness().between("begin-noexec", "end-noexec")
    assert part.state("door_17") == "closed", part.state("door_17")
    assert not part.events("sensor_fault"), part.events("sensor_fault")


def starts(guest):
    ended_well(guest, "starts")
    witness = guest.witness()
    late = []
    for line in guest.text("openings.log").splitlines():
        start, offset, _, _, _, _, wall_nanos = line.split()
        events = witness.between(f"begin-{start}", f"end-{start}").events("opened")
        seen = [event for event in events if event["sensor"] == f"door_{offset}"]
        assert len(seen) == 1, f"start {start}, line {offset}: {seen}"
        time = datetime.datetime.fromisoformat(seen[0]["time"].replace("Z", "+00:00"))
        late.append(time.timestamp() * 1000 - int(wall_nanos) / 1e6)
    assert len(late) == 12 * int(guest.text("starts")), len(late)
    deaf = len([e for e in witness.between("begin-1", f"end-{guest.text('starts')}").events("sensor_fault")])
    print(f"      {len(late)} inputs, {deaf} deaf; an opening was noticed after {max(late):.1f} ms at most")
    assert deaf == 0, f"{deaf} inputs told no edges"
    assert max(late) <= 150, f"after {max(late):.1f} ms"
    witness.assert_nothing_is_missing()


def many_starts(guest):
    ended_well(guest, "many-starts")
    moves = [Move(*line.split()[1:]) for line in guest.text("late.log").splitlines() if line.startswith("MOVE ")]
    count = int(guest.text("many-starts"))
    deaf = guest.text("many-starts.log").count("moved without an edge")
    print(f"      {count} starts, {12 * count} inputs, {deaf} deaf")
    assert deaf == 0, f"{deaf} inputs told no edges"
    for kind in ("closed", "opened"):
        seen = [move for move in moves if move.kind == kind]
        assert len({(move.start, move.line) for move in seen}) == len(seen) == 12 * count, f"{len(seen)} {kind}"
        late = sorted(int(move.millis) for move in seen)
        print(f"      {kind}: noticed after {late[-1]} ms at most, half of them within {late[len(late) // 2]} ms")
        # a guest that stands still hears nothing: its collector, its only processor
        slow = [move for move in seen if int(move.millis) > 150]
        for move in slow:
            print(f"      {kind}, start {move.start}, line {move.line}: {move.millis} ms, {move.stood} ms of them stood still")
        assert not [move for move in slow if int(move.millis) > 150 + int(move.stood)], f"{kind} was noticed too late"
        assert len(slow) <= len(seen) // 100, f"{kind}: {len(slow)} of {len(seen)} later than 150 ms"


def quiet(guest):
    ended_well(guest, "quiet")
    print("      " + "; ".join(guest.text("measured").splitlines()))


def purge(guest):
    ended_well(guest, "purge")
    assert not guest.text("left-behind"), guest.text("left-behind")


def ended_well(guest, name):
    result = guest.share / f"{name}.result"
    assert result.exists(), f"the session never came to {name}"
    if result.read_text().strip() != "ok":
        raise AssertionError(f"{name} gave up:\n{guest.text(name + '.log')[-3000:]}{guest.log()}")


def one_event_each(part, name):
    events = [event["event_type"] for event in part.events("opened", "closed")]
    doubles = [i for i in range(1, len(events)) if events[i] == events[i - 1]]
    assert not doubles, f"{name}: the same move twice, at {doubles} of {events}"
    return events


# in this order, each in its guest; quiet takes long and is run by name only
PARTS = (
    Part("install", "dpkg -i under systemd: installed with its archive, not enabled, not running", "service", True, install),
    Part("first-start", "the first start as a service, over TLS: who runs, who holds the line, a move", "service", True, first_start),
    Part("moves", "clean moves, moves and pulses during a stall, 1,000 with bounces, 41 toggles in 2 ms, storms: one event each, none lost", "service", True, moves),
    Part("killed", "SIGKILL three times, each behind a move: started again, nothing lost", "service", True, killed),
    Part("hung", "SIGSTOP: the watchdog starts it again, the door's move meanwhile is told", "service", True, hung),
    Part("upgrade", "a newer package is installed with ten moves unsent: they arrive, the configuration is kept", "service", True, upgrade),
    Part("full-disk", "the disk is full: moves are told, and kept once there is room", "service", True, full_disk),
    Part("outputs", "siren and LED on the lines: an alarm, SIGKILL in it, an acknowledgement, a busy line", "service", True, outputs),
    Part("noexec", "temporary and state folder mounted noexec: it senses", "service", True, noexec),
    Part("starts", "many starts with twelve doors: no input is deaf, an opening is noticed within 150 ms", "starts", True, starts),
    Part("troubles", "wrong group, missing rule, busy line: told with the reason, and well again by itself", "starts", True, troubles),
    Part("many-starts", "a hundred starts in one process: no input is deaf, each move is noticed within 150 ms", "starts", True, many_starts),
    Part("quiet", "an hour of quiet", "service", False, quiet),
    Part("purge", "purged while it runs: nothing is left", "starts", True, purge),
)
