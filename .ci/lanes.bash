# shellcheck shell=bash disable=SC2034,SC2154
# Runs the parts of a check in lanes, several at the same time; sourced by run, tried by test-lanes.
#
# A lane is a function that calls "part" for one thing after the other. Lanes that are started together run side by side, each
# in a process of its own. What a part says goes to a file and is printed whole once it has ended, so that nothing is mixed;
# its reports are kept apart as well. Whatever happens, a lane that dies and a part that hangs included, all that was started
# ends, and "summary" tells what came out: it is the trap of EXIT.
#
# Wants: out, an empty folder; deadline, the second since 1970 at which whatever still runs is ended.

end_after=100 # tenths of a second that a program has to end by itself when it is told to
stage=0 lane="" lane_parts=0 result=""

# sums tests, failures, errors and skipped of all reports below the given folder
sum() {
    find "$1" -name 'TEST-*.xml' -exec grep -hm1 -oE '<testsuite [^>]*>' {} + | awk '
        function number(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
        { all += number("tests"); bad += number("failures") + number("errors"); left += number("skipped") }
        END { printf "%d %d %d\n", all - bad - left, bad, left }'
}

# the failed tests of the reports below the given folder, each with the first lines of what it said
failures() {
    local report
    while IFS= read -r report; do
        awk '
            /<testcase / { name = $0; sub(/.* name="/, "", name); sub(/".*/, "", name)
                           class = $0; sub(/.* classname="/, "", class); sub(/".*/, "", class) }
            /<(failure|error)[ >]/ { printf "%s.%s\n", class, name; left = 12 }
            left > 0 { printf "    %s\n", substr($0, 1, 300); left-- }' "$report"
    done < <(find "$1" -name 'TEST-*.xml' -exec grep -lE '<(failure|error)[ >]' {} +)
}

# copies the reports of the tree one stands in that were written since the part began, one folder a module
keep_reports() {
    local file module
    while IFS= read -r file; do
        module=$(dirname "$(dirname "$(dirname "$file")")")
        mkdir -p "$1/reports/$module/$(basename "$(dirname "$file")")"
        cp "$file" "$1/reports/$module/$(basename "$(dirname "$file")")/"
    done < <(find . -path ./.ci -prune -o -newer "$1/begun" -path '*/target/*-reports/TEST-*.xml' -print)
}

# end_group GROUP: ends a process group, first by asking
end_group() {
    local i
    kill -TERM -- "-$1" 2>/dev/null || return 0
    for ((i = 0; i < end_after; i++)); do
        kill -0 -- "-$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL -- "-$1" 2>/dev/null || true
}

# gone PID: waits until it is, 30 s at most: on a busy machine a process that was killed, too, ends only once it gets a processor
gone() {
    local i command
    for ((i = 0; i < 300; i++)); do
        # a process that has ended and that nobody has asked for has no command line any more
        command=$(tr -d '\0' 2>/dev/null <"/proc/$1/cmdline") || return 0
        [[ -n $command ]] || return 0
        sleep 0.1
    done
}

# end_marked MARK: ends the processes that were started by a part whose mark begins so, and have left its group
end_marked() {
    local file pid killed=()
    # one program looks at all processes, without the mark itself
    while IFS= read -r file; do
        pid=${file#/proc/}
        pid=${pid%/environ}
        if [[ $pid != "$BASHPID" ]]; then
            kill -KILL "$pid" 2>/dev/null || true
            killed+=("$pid")
        fi
    done < <(exec env -u REEDGATE_CHECK_PART grep -lzs "^REEDGATE_CHECK_PART=$1" /proc/[0-9]*/environ)
    for pid in "${killed[@]}"; do gone "$pid"; done
}

# bounded FOLDER SECONDS COMMAND...: runs it in a process group of its own, which is ended with it; 124 if it was not done in
# time
bounded() {
    local folder=$1 limit=$2 code=0 group end
    shift 2
    ((limit <= deadline - EPOCHSECONDS)) || limit=$((deadline - EPOCHSECONDS))
    end=$((EPOCHSECONDS + limit))
    # in a group of its own it also takes SIGINT as usual: what bash starts behind its back ignores it otherwise
    set -m
    "$@" &
    group=$!
    set +m
    echo "$group" >"$folder/group"
    while kill -0 "$group" 2>/dev/null; do
        if ((EPOCHSECONDS >= end)); then
            printf '\nnot done within %d s: ended\n' "$limit"
            code=124
            break
        fi
        sleep 0.3
    done
    end_group "$group"
    if ((code == 124)); then
        end_marked "$REEDGATE_CHECK_PART"
        wait "$group" || true
    else
        wait "$group" || code=$?
    fi
    rm "$folder/group"
    return "$code"
}

# begin_part NAME: makes its folder, which is then in "here"
begin_part() {
    lane_parts=$((lane_parts + 1))
    here=$(printf '%s/parts/%s-%02d' "$out" "$lane" "$lane_parts")
    mkdir -p "$here/reports"
    printf '%s\n' "$1" >"$here/name"
}

# end_part SECONDS COMPUTED RESULT: the part has ended once the file is there
end_part() {
    result=$3
    printf '%s\n%s\n%s\n' "$1" "$2" "$3" >"$here/result.new"
    mv "$here/result.new" "$here/result"
}

# sets "computed" to the seconds of processor time that the ended children of this shell took
count_computed() {
    local fields
    read -r -a fields <"/proc/$BASHPID/stat"
    computed=$(((fields[15] + fields[16]) / $(getconf CLK_TCK)))
}

# part NAME SECONDS COMMAND...: runs it, with so many seconds at most; keeps its time, log and reports. Its result is then in
# "result"; a failure does not end the lane.
part() {
    local name=$1 limit=$2 here started=$SECONDS code=0 told passed failed skipped computed before
    shift 2
    count_computed
    before=$computed
    begin_part "$name"
    # what failed in the part before is not found again in this one
    find . -path ./.ci -prune -o -path '*/target/failsafe-reports/failsafe-summary.xml' -exec rm -f {} +
    touch "$here/begun"
    # a file system stamps in steps of some milliseconds: what is written from now on has to be newer
    until [[ $here/ticked -nt $here/begun ]]; do touch "$here/ticked"; done
    export REEDGATE_CHECK_PART=$$.${here##*/}
    bounded "$here" "$limit" "$@" >"$here/log" 2>&1 </dev/null || code=$?
    keep_reports "$here"
    read -r passed failed skipped < <(sum "$here/reports")
    if ((code == 0 && failed == 0)); then
        told=passed
    else
        told="FAILED ($code)"
    fi
    if ((passed + failed + skipped > 0)); then
        told="$told: $passed passed, $failed failed, $skipped skipped"
    fi
    count_computed
    end_part "$((SECONDS - started))" "$((computed - before))" "$told"
}

# skip_part NAME REASON
skip_part() {
    local here
    begin_part "$1"
    : >"$here/log"
    end_part 0 0 "NOT RUN: $2"
}

# side_by_side LANE...: runs the functions of these names at the same time, each as a lane; comes back when all have ended
side_by_side() {
    local each pids=() i left=1
    stage=$((stage + 1))
    for each in "$@"; do
        set -m
        (
            trap - EXIT INT TERM
            lane=$stage-$each
            "$each"
            touch "$out/lanes/$lane.ended"
        ) &
        pids+=("$!")
        set +m
        echo "$!" >"$out/lanes/$stage-$each.group"
    done
    while ((left > 0)); do
        left=0
        for i in "${pids[@]}"; do
            if kill -0 "$i" 2>/dev/null; then left=$((left + 1)); fi
        done
        print_news
        ((left == 0)) || sleep 1
    done
    wait "${pids[@]}" || true
    print_news
}

# what began and what ended since it was called last; only the first process prints
print_news() {
    local here
    for here in "$out"/parts/*/; do
        if [[ -e $here/begun && ! -e $here/told-begun ]]; then
            touch "$here/told-begun"
            printf '\n=== %s: begins\n' "$(<"$here/name")"
        fi
        if [[ -e $here/result && ! -e $here/told ]]; then
            touch "$here/told"
            printf '\n=== %s: %s\n' "$(<"$here/name")" "$(tail -n 1 "$here/result")"
            cat "$here/log"
        fi
    done
}

# ends what still runs: the lanes first, so that they begin nothing new
end_all() {
    local file pids=()
    for file in "$out"/lanes/*.group; do
        [[ -e ${file%.group}.ended ]] || kill -KILL -- "-$(<"$file")" 2>/dev/null || true
    done
    for file in "$out"/parts/*/group; do
        end_group "$(<"$file")" &
        pids+=("$!")
    done
    ((${#pids[@]} == 0)) || wait "${pids[@]}"
    end_marked "$$\\."
}

# whether each lane came to its end and each part has passed, or was left out on purpose
all_passed() {
    local file
    for file in "$out"/lanes/*.group; do
        [[ -e ${file%.group}.ended ]] || return 1
    done
    for file in "$out"/parts/*/name; do
        [[ $(tail -n 1 "${file%name}result" 2>/dev/null) == @(passed|NOT RUN)* ]] || return 1
    done
}

# a part's result, or why there is none
result_of() {
    if [[ -e $1/result ]]; then
        tail -n 1 "$1/result"
    else
        echo "FAILED: it did not come to its end"
    fi
}

# prints what has failed, the time and the processor time of each part and, last, the sum of all reports; ends with 0 if all is well
summary() {
    local code=$? here said file passed failed skipped broken=0
    trap - EXIT INT TERM
    shopt -s nullglob extglob
    end_all
    if ((code == 0)) && ! all_passed; then code=1; fi
    for here in "$out"/parts/*/; do
        said=$(result_of "$here")
        [[ $said == FAILED* ]] || continue
        # a failure that no report tells
        read -r passed failed skipped < <(sum "$here/reports")
        ((failed > 0)) || broken=$((broken + 1))
        printf '\n--- %s: %s\n' "$(<"$here/name")" "$said"
        failures "$here/reports"
        grep -aE '^\[ERROR\]' "$here/log" | head -30 || tail -n 20 "$here/log" || true
    done
    for file in "$out"/lanes/*.group; do
        if [[ ! -e ${file%.group}.ended ]]; then
            printf '\n--- the lane %s did not come to its end\n' "$(basename "$file" .group)"
            broken=$((broken + 1))
        fi
    done
    printf '\n%-74s %9s %9s   %s\n' part seconds computed result
    for here in "$out"/parts/*/; do
        printf '%-74s %9s %9s   %s\n' "$(<"$here/name")" "$(sed -n 1p "$here/result" 2>/dev/null)" \
            "$(sed -n 2p "$here/result" 2>/dev/null)" "$(result_of "$here")"
    done
    read -r passed failed skipped < <(sum "$out/parts")
    failed=$((failed + broken))
    if ((code == 0 && (failed > 0 || passed == 0))); then
        code=1
    fi
    if ((code != 0 && failed == 0)); then
        failed=1 # something other than a test: it must not look well
    fi
    printf '\nall of it: %d s\n' "$SECONDS"
    printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    exit "$code"
}

# begin_check: to be called once, before the first lane
begin_check() {
    mkdir -p "$out/parts" "$out/lanes"
    shopt -s nullglob extglob
    trap summary EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}
