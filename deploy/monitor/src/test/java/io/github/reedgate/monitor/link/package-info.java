@NullMarked
package io.github.reedgate.monitor.link;

import org.jspecify.annotations.NullMarked;
