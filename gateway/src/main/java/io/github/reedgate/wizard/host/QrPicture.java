package io.github.reedgate.wizard.host;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A QR code as lines of half blocks, two rows of modules a line. Stateless. */
final class QrPicture {

    /** The light zone beside the code, in modules, if there is room, and at least. */
    private static final int BESIDE = 4;

    private static final int BESIDE_AT_LEAST = 2;

    /** The one above and below it: less, so that code and question fit 24 rows. */
    private static final int ABOVE = 2;

    private QrPicture() {}

    /**
     * Draws it with its light modules, as on a dark terminal.
     *
     * @param text what it says
     * @param columns how wide it may be
     * @return no lines if it does not fit
     */
    static List<String> lines(String text, int columns) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        int beside = Math.min(BESIDE, (columns - code.size) / 2);
        if (beside < BESIDE_AT_LEAST) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (int y = -ABOVE; y < code.size + ABOVE; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -beside; x < code.size + beside; x++) {
                boolean upper = isLight(code, x, y);
                boolean lower = y + 1 < code.size + ABOVE && isLight(code, x, y + 1);
                line.append(upper && lower ? '█' : upper ? '▀' : lower ? '▄' : ' ');
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** What is outside is light. */
    private static boolean isLight(QrCode code, int x, int y) {
        return !code.getModule(x, y);
    }
}
