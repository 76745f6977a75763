package dev.scrubjay.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Says that a test cannot run without something special.
///
/// Where that is absent the test is skipped, and the report says how to get it. Where `SCRUBJAY_REQUIRE`
/// names it, or says `all`, such a skip is a failure instead: that is how CI makes sure that nothing goes
/// untested unnoticed.
///
/// It works on tests of JUnit Jupiter, not on jqwik's properties, whose engine has no such conditions.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
public @interface Needs {
    Need[] value();
}
