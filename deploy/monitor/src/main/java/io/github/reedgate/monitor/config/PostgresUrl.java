package io.github.reedgate.monitor.config;

import io.github.reedgate.config.BadValueException;
import io.github.reedgate.config.ValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The URL of a database: {@code postgresql://HOST[:PORT]/DATABASE}. */
final class PostgresUrl implements ValueType<URI> {

    private static final Pattern DATABASE = Pattern.compile("/[A-Za-z0-9_-]{1,63}");

    @Override
    public URI parse(String text) throws BadValueException {
        try {
            URI url = new URI(text);
            if (url.getRawUserInfo() != null) {
                throw new BadValueException(
                        "postgresql://…",
                        "has a user in it",
                        "name the user with store.user, and the file with the password with store.password_file");
            }
            boolean isPostgres = "postgresql".equals(url.getScheme());
            String path = url.getPath();
            boolean hasDatabase = path != null && DATABASE.matcher(path).matches();
            boolean isBare = url.getQuery() == null && url.getFragment() == null;
            if (isPostgres && url.getHost() != null && hasDatabase && isBare) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw BadValueException.of(text, "is no URL", "");
        }
        throw BadValueException.of(text, "is not the URL of a PostgreSQL database", "");
    }

    @Override
    public String allowed() {
        return "postgresql://HOST:PORT/DATABASE; without :PORT 5432";
    }
}
