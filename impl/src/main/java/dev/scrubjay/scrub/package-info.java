/// What a log comes to, computed once more and apart from the store.
@NullMarked
package dev.scrubjay.scrub;

import org.jspecify.annotations.NullMarked;
