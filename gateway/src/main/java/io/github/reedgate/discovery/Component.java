package io.github.reedgate.discovery;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entity or trigger of the device. Immutable.
 *
 * @param platform the kind of entity in Home Assistant's words, such as {@code binary_sensor}
 * @param id its id among all of the device, {@code [a-z0-9_-]+}: made of ids, never of names
 * @param fields what is said of it beside the platform, in order; values are texts, numbers, flags, lists and maps of them
 */
record Component(String platform, String id, Map<String, Object> fields) {

    /** An entity about which nothing is said yet. */
    static Component entity(String platform, String id) {
        return new Component(platform, id, new LinkedHashMap<>());
    }

    /** The same with one more field. */
    Component with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(key, value);
        return new Component(platform, id, more);
    }

    /** The same with all these fields behind its own. */
    Component withAll(Map<String, Object> others) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.putAll(others);
        return new Component(platform, id, more);
    }
}
