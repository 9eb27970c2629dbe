package io.github.reedgate.app;

import io.github.reedgate.core.GatewaySettings.Recall;
import io.github.reedgate.core.GatewaySnapshot;
import io.github.reedgate.store.SnapshotRecall;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the state folder shows of the time before a start, looked at before anything in it is opened: whether a gateway ran
 * here, and whether its store was there. What can't be read must not pass for a panel that was never armed. Immutable.
 *
 * @param ranBefore true if anything of an earlier run is there, or that can't be seen
 * @param hadStore true if the store's file is there and not empty
 * @param wentOn true if something is there that an earlier run made after its first snapshot was stored
 */
record PanelEvidence(boolean ranBefore, boolean hadStore, boolean wentOn) {

    private static final Logger LOG = LoggerFactory.getLogger(PanelEvidence.class);
    private static final String STORE = "reedgate.db";
    private static final String COPY = "panel.json";
    private static final List<String> LEFT_LATER = List.of(STORE + ".", "start.properties");

    /** Looks; blocks for the disk. */
    static PanelEvidence in(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("nothing is in {}: {}", folder, e.toString());
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("{} can't be looked into: {}", folder, e.toString());
            return new PanelEvidence(true, false, true);
        }
        Path store = folder.resolve(STORE);
        boolean wentOn = isAnyOf(LEFT_LATER, names);
        // an empty file alone is what a very first start leaves that dies while it makes the store
        boolean ranBefore = wentOn || isAnyOf(List.of(COPY), names) || (names.contains(STORE) && !isEmpty(store));
        return new PanelEvidence(ranBefore, isFilled(store), wentOn);
    }

    private static boolean isEmpty(Path store) {
        return Files.isRegularFile(store, LinkOption.NOFOLLOW_LINKS) && !isFilled(store);
    }

    private static boolean isAnyOf(List<String> beginnings, List<String> names) {
        return names.stream().anyMatch(name -> beginnings.stream().anyMatch(name::startsWith));
    }

    private static boolean isFilled(Path store) {
        try {
            return Files.isRegularFile(store, LinkOption.NOFOLLOW_LINKS) && Files.size(store) > 0;
        } catch (IOException e) {
            LOG.debug("the size of {} is not known: {}", store, e.toString());
            return false;
        }
    }

    /** Whether a gateway ran here, so that a store without a snapshot has lost it. */
    boolean isSnapshotDue() {
        return wentOn || (ranBefore && !hadStore);
    }

    /**
     * What is known of the panel's memory once the store was opened.
     *
     * @param found what the store and its copy have
     * @param trouble why the store that was there is not the one that was opened; empty if it is
     * @param snapshot what these texts say
     */
    Recall recall(SnapshotRecall found, String trouble, GatewaySnapshot snapshot) {
        Recall unharmed = snapshot.panel() == null ? Recall.NEVER_STORED : Recall.WHOLE;
        if (!snapshot.panelLost().isEmpty()) {
            return new Recall(false, snapshot.panelLost());
        } else if (found.isFound() || (!ranBefore && trouble.isEmpty())) {
            return unharmed;
        }
        List<String> reasons = new ArrayList<>();
        if (!trouble.isEmpty()) {
            reasons.add(trouble);
        } else if (!hadStore) {
            reasons.add("the store is missing or empty");
        } else if (wentOn && found.trouble().isEmpty()) {
            reasons.add("the store has nothing of an earlier run");
        }
        if (!found.trouble().isEmpty()) {
            reasons.add(found.trouble());
        }
        return reasons.isEmpty() ? unharmed : new Recall(false, String.join(", and ", reasons));
    }
}
