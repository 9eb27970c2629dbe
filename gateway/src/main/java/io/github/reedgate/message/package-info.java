/** What leaves the gateway: topics, payloads and identifiers, written in one place. */
@NullMarked
package io.github.reedgate.message;

import org.jspecify.annotations.NullMarked;
