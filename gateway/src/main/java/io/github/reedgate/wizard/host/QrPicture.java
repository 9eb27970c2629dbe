package io.github.reedgate.wizard.host;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A QR code as lines of half blocks, two rows of modules a line. Stateless. */
final class QrPicture {

    /** The quiet zone that readers need around the code, in modules. */
    private static final int QUIET = 4;

    private QrPicture() {}

    /**
     * Draws it with its light modules, as on a dark terminal.
     *
     * @param text what it says
     */
    static List<String> lines(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = isLight(code, x, y);
                boolean lower = y + 1 < code.size + QUIET && isLight(code, x, y + 1);
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
