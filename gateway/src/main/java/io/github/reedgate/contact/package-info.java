/** Reed contacts: wiring, debouncing and health, all of it pure. */
@NullMarked
package io.github.reedgate.contact;

import org.jspecify.annotations.NullMarked;
