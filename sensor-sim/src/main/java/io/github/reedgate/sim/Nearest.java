package io.github.reedgate.sim;

import java.util.Collection;
import java.util.Optional;

/** Finds the word somebody probably meant. Stateless. */
public final class Nearest {

    private Nearest() {}

    /**
     * The known word with the smallest edit distance, if that is at most two and less than the word's length.
     *
     * @param word what was written
     * @param known what would be right; of several equally near the first is taken
     */
    public static Optional<String> to(String word, Collection<String> known) {
        Optional<String> best = Optional.empty();
        int bestDistance = Math.min(3, word.length());
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** {@code ; did you mean 'x'?} when there is a near word, else the list of what is known. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> "; expected one of " + String.join(", ", known));
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 2) {
            return 3;
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
