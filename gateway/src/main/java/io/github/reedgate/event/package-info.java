/** What happened: events, their types and identifiers, their rows in the log, and their JSON. */
@NullMarked
package io.github.reedgate.event;

import org.jspecify.annotations.NullMarked;
