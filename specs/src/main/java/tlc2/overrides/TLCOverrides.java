package tlc2.overrides;

import dev.scrubjay.specs.TraceIO;

/// Tells TLC which operators of ours are written in Java: those of traces, where there are traces to check,
/// and none in any other run.
public final class TLCOverrides implements ITLCOverrides {
    @Override
    @SuppressWarnings("rawtypes") // As TLC declares it.
    public Class[] get() {
        return TraceIO.isWanted() ? new Class[] {TraceIO.class} : new Class[0];
    }
}
