/** Who may command the gateway: the users file, how codes are kept in it, and the thread that checks them. */
@NullMarked
package io.github.reedgate.users;

import org.jspecify.annotations.NullMarked;
