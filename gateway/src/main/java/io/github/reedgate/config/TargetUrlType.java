package io.github.reedgate.config;

import io.github.reedgate.link.HostPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The URL of somebody who is told, or of what a tap opens. Of a wrong one only the beginning is shown: the path of a webhook
 * is a secret.
 */
final class TargetUrlType implements ValueType<URI> {

    @Override
    public URI parse(String text) throws BadValueException {
        int end = text.indexOf("://");
        String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw bad(
                    text,
                    end < 0 ? "has no scheme" : "has the scheme " + Shown.value(scheme),
                    "put https:// before the host");
        }
        if (text.substring(end + 3).split("/", 2)[0].contains("@")) {
            throw bad(text, "has a user in it", "write the access token into a file and name it with token_file");
        }
        if (text.contains("#")) {
            throw bad(text, "has a fragment in it", "remove what follows the #");
        }
        return checked(text, uri(text, scheme + text.substring(end)));
    }

    private static URI uri(String text, String normal) throws BadValueException {
        try {
            return new URI(normal);
        } catch (URISyntaxException e) {
            throw bad(text, "is not a URL", "letters, digits and -._~/?=&% make up a URL");
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
        return uri;
    }

    private static BadValueException bad(String text, String what, String hint) {
        int start = text.indexOf("://") + 3;
        int end = start < 3 ? 0 : text.indexOf('/', start);
        String shown = start < 3 ? "…" : text.substring(0, start) + (end < 0 ? "…" : "…" + "/…");
        return new BadValueException(Shown.value(shown), what, hint);
    }

    @Override
    public String allowed() {
        return "https or http://host[:port][/path]";
    }
}
