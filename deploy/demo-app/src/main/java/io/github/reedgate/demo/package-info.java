/** The demonstration: a broker, a gateway process, a simulated door and a phone, side by side. */
@NullMarked
package io.github.reedgate.demo;

import org.jspecify.annotations.NullMarked;
