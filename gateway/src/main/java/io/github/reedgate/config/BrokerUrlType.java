package io.github.reedgate.config;

import io.github.reedgate.link.HostPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL of a broker. Never shows what stands before an @ or after a ?, for these are the places of passwords. */
final class BrokerUrlType implements ValueType<URI> {

    private static final List<String> SCHEMES = List.of("mqtt", "mqtts", "ws", "wss");
    private static final Map<String, String> SYNONYMS =
            Map.of("tcp", "mqtt", "ssl", "mqtts", "tls", "mqtts", "http", "ws", "https", "wss", "mqtt+ssl", "mqtts");
    private static final Pattern PARTS = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", Pattern.DOTALL);

    @Override
    public URI parse(String text) throws BadValueException {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw bad(text, "has no scheme", "put mqtts:// (encrypted) or mqtt:// (clear text) before the host");
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme)) {
            String meant =
                    SYNONYMS.getOrDefault(scheme, Nearest.of(scheme, SCHEMES).orElse(""));
            String hint = meant.isEmpty() ? "" : "did you mean '" + meant + "://'?";
            throw bad(text, "has the scheme " + Shown.value(scheme), hint);
        }
        if (text.contains("@")) {
            throw bad(text, "has a user in it", "use broker.user and broker.password_file for that");
        }
        if (text.contains("?") || text.contains("#")) {
            throw bad(text, "has a query or fragment in it", "remove what follows the ? or #");
        }
        return checked(text, uri(text, scheme + "://" + parts.group(2)));
    }

    private static URI uri(String text, String normal) throws BadValueException {
        try {
            return new URI(normal);
        } catch (URISyntaxException e) {
            throw bad(text, "is not a URL (" + e.getReason().toLowerCase(Locale.ROOT) + ")", "");
        }
    }

    private static URI checked(String text, URI uri) throws BadValueException {
        HostPort place = HostPort.of(uri);
        if (place.host().isEmpty()) {
            throw bad(
                    text,
                    "has no usable host",
                    "letters, digits, -, _ and . make up a host name; an IPv6 address needs [ ]");
        }
        if (place.port() == 0 || place.port() > 65_535) {
            throw bad(text, "has the port " + place.port(), "ports are 1 to 65535");
        }
        boolean isTls = uri.getScheme().endsWith("s");
        if (place.host().contains("_") && (isTls || uri.getScheme().startsWith("ws"))) {
            throw bad(
                    text,
                    "has a host name with an underscore",
                    "certificates and web servers know no such names: use another name of the broker, or its address");
        }
        boolean webSocket = uri.getScheme().startsWith("ws");
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (!webSocket && !path.isEmpty()) {
            throw bad(text, "has a path", "only ws and wss have one: remove it");
        }
        if (webSocket && !isSentAsWritten(uri, path)) {
            throw bad(
                    text,
                    "has a path that can't be sent as it is written",
                    "it begins with one slash, and only characters that have to be escaped are: let the broker listen"
                            + " on another path");
        }
        return uri;
    }

    /** The MQTT client takes a path apart and escapes it anew: what changes on that way is refused, not changed. */
    private static boolean isSentAsWritten(URI uri, String path) {
        try {
            String plain = "/" + uri.getPath().replaceAll("^/+", "");
            String sent = new URI("ws", null, "broker", -1, plain, null, null).getRawPath();
            return path.isEmpty() || sent.equalsIgnoreCase(path);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static BadValueException bad(String text, String what, String hint) {
        return new BadValueException(masked(text), what, hint);
    }

    private static String masked(String text) {
        Matcher parts = PARTS.matcher(text);
        String start = parts.matches() ? parts.group(1) + "://" : "";
        String rest = text.substring(start.length());
        int at = rest.lastIndexOf('@');
        String visible = at < 0 ? rest : "…" + rest.substring(at);
        int query = visible.indexOf('?');
        return Shown.value(start + (query < 0 ? visible : visible.substring(0, query + 1) + "…"));
    }

    @Override
    public String allowed() {
        return "mqtt, mqtts, ws or wss://host[:port], for ws and wss with /path";
    }
}
