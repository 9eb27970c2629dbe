package io.github.reedgate.config;

import io.github.reedgate.notice.NoticeGroup;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Groups of events, with commas between them. */
final class GroupsType implements ValueType<Set<NoticeGroup>> {

    private static final List<String> WORDS =
            Arrays.stream(NoticeGroup.values()).map(NoticeGroup::word).toList();

    @Override
    public Set<NoticeGroup> parse(String text) throws BadValueException {
        Set<NoticeGroup> groups = EnumSet.noneOf(NoticeGroup.class);
        for (String part : text.split(",", -1)) {
            String word = part.strip();
            Optional<NoticeGroup> group = Arrays.stream(NoticeGroup.values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
            if (group.isEmpty()) {
                String hint = Nearest.of(word, WORDS)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("");
                throw BadValueException.of(text, "is no list of event groups", hint);
            }
            if (!groups.add(group.get())) {
                throw BadValueException.of(text, "names a group twice", "");
            }
        }
        return groups;
    }

    @Override
    public String allowed() {
        return "one or more of " + String.join(", ", WORDS) + " with commas";
    }
}
