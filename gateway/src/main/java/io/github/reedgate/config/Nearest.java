package io.github.reedgate.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant, by edit distance. Stateless. */
public final class Nearest {

    private Nearest() {}

    /** The word with the fewest edits from {@code text}, if they are few enough to be a slip; the first of equals. */
    public static Optional<String> of(String text, Collection<String> words) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(wanted, word);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        int slip = Math.max(1, Math.min(wanted.length(), best.length()) / 3);
        return bestDistance <= slip ? Optional.of(best) : Optional.empty();
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
    static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 32) {
            return Math.max(a.length(), b.length());
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int edit = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(edit, d[i - 2][j - 2] + 1) : edit;
    }
}
