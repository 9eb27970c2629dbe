/** What {@code reedgate setup} does on this machine: the terminal, the header's lines, the broker, the files and the service. */
@NullMarked
package io.github.reedgate.wizard.host;

import org.jspecify.annotations.NullMarked;
